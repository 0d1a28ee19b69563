#pragma once

#include <optional>
#include <string_view>

#include "core/scenario.hpp"
#include "hwmodels/document_reader.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// What a document says of requests beyond batch and SLOs: lengths as numbers, laws or histograms, cached prefixes,
/// arrivals. Problems go to the reader, here and below.
void read_requests(DocumentReader& reader, Workload& w);

/// Drafts, and the model that makes them.
void read_speculation(DocumentReader& reader, const PresetRoots& roots, Speculation& s);

/// How unevenly tokens meet experts.
void read_routing(DocumentReader& reader, ExpertRouting& r);

/// What is computed while tokens travel.
void read_overlap(DocumentReader& reader, Overlap& o);

/// Attention data parallelism and replicas that read prompts alone, on top of the other counts of `d`.
void read_cooperation(DocumentReader& reader, Deployment& d);

/// Groups that attention data parallelism makes of a replica's tp ranks; 1 where nothing, or no count, is said.
[[nodiscard]] int attention_groups(const ScenarioDocument& document);

/// "1:3": replicas that read prompts, and those that decode.
struct ReplicaPools {
  int prefill = 0;
  int decode = 0;
};
[[nodiscard]] Result<ReplicaPools> parse_pools(std::string_view where, std::string_view text);

/// "none" or "two-batch".
[[nodiscard]] Result<Overlap> parse_overlap(std::string_view where, std::string_view text);

/// "1.3", or "random": experts are drawn uniformly.
[[nodiscard]] Result<ExpertRouting> parse_routing(std::string_view where, std::string_view text);

}  // namespace roofcast
