#pragma once

#include <span>
#include <string_view>

#include "cli/option_table.hpp"
#include "cli/parsed_options.hpp"

namespace roofcast::cli {

/// --scenario FILE: values for the options that are not written.
[[nodiscard]] Option scenario_file_option();

/// The options with what the file of --scenario says where the command line says nothing; a flag that
/// excludes one of the file (--context and --isl, --gpus and --dp) drops it. The same options without the flag.
/// `other`: options that are not taken from a file here; the places of those that it has are kept. Errors: the file's,
/// what it says that the command has no option for, and what is missing still.
[[nodiscard]] Result<ParsedOptions> with_scenario(ParsedOptions options, std::span<const std::string_view> other = {});

/// Errors of values that the file gave, at the file's place: "s.json:/batch" instead of "--batch".
[[nodiscard]] Errors placed(Errors errors, const ParsedOptions& options);

}  // namespace roofcast::cli
