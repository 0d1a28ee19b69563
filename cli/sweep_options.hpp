#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/option_reader.hpp"
#include "core/sweep_grid.hpp"
#include "core/where_expression.hpp"
#include "hwmodels/sweep_manifest.hpp"

namespace roofcast::cli {

/// The flags that shape a sweep's plan.
[[nodiscard]] std::vector<Option> sweep_axis_options();

/// The grid that the flags describe. Problems are collected in `reader`.
[[nodiscard]] SweepGrid sweep_grid(const ParsedOptions& options, OptionReader& reader);

/// --shard and --where. Problems are collected in `reader`.
[[nodiscard]] SweepSelection sweep_selection(const ParsedOptions& options, OptionReader& reader);

/// The file to write, "" for stdout: with --shard auto every shard's own.
[[nodiscard]] std::string sweep_output(const ParsedOptions& options, const SweepSelection& selection);

/// Every flag that shapes the result, as written or by default: for the manifest.
[[nodiscard]] std::map<std::string, std::string> resolved_arguments(const ParsedOptions& options);

/// The options that a manifest's arguments and shard came from; others are as in `beside`. `file` names the manifest.
[[nodiscard]] Result<ParsedOptions> told_options(const ParsedOptions& beside, const SweepRequest& request,
                                                 const std::string& file);

}  // namespace roofcast::cli
