#pragma once

#include <string_view>
#include <vector>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/scenario.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::cli {

/// Flags of requests beyond plain lengths and batch: distributions, cached prefixes, drafts, arrivals.
[[nodiscard]] std::vector<Option> request_options();

/// Flags of how replicas and expert ranks work together.
[[nodiscard]] std::vector<Option> cooperation_options();

/// --isl and --osl: a number, a distribution, or a histogram's file. Problems go to the reader.
void read_lengths(Workload& w, OptionReader& reader, const ParsedOptions& options);

/// --prefix-hit and --rps of one scenario.
void read_requests(Workload& w, OptionReader& reader);

/// --draft-tokens and --acceptance of one scenario, --draft-model.
void read_speculation(Speculation& s, OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots);

/// --draft-model alone.
void read_draft_model(Speculation& s, OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots);

/// --expert-imbalance.
void read_routing(ExpertRouting& r, OptionReader& reader, const ParsedOptions& options);

/// --attention-dp and --disaggregate on top of the other counts. @pre `d` was read without errors
void read_cooperation(Deployment& d, OptionReader& reader, const ParsedOptions& options);

}  // namespace roofcast::cli
