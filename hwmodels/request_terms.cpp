#include "hwmodels/request_terms.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hwmodels/length_histogram.hpp"
#include "hwmodels/named_inputs.hpp"

namespace roofcast {
namespace {

constexpr Bounds kReplicas{.min = 1, .max = kMostRanks};

/// Members that say how long prompts, or answers, are.
struct LengthMembers {
  ScenarioText ScenarioDocument::*text;
  ScenarioText ScenarioDocument::*histogram;
};

void read_length(DocumentReader& reader, const LengthMembers& members, std::optional<double>& tokens,
                 std::optional<LengthDistribution>& lengths) {
  const auto said = reader.text(members.text), file = reader.text(members.histogram);
  if (said && file)
    reader.add_usage_error(scenario_field(members.histogram).place(),
                           fmt::format("excludes {}", scenario_field(members.text).place()));
  else if (file)
    lengths = reader.take(load_length_histogram(*file));
  else if (said && names_lengths(*said))
    lengths = reader.take(parse_lengths(scenario_field(members.text).place(), *said));
  else if (said)
    tokens = parse_literal("", *said, ValueKind::tokens)->value();
  if (lengths) tokens = std::max(1.0, std::round(lengths->mean()));
}

}  // namespace

void read_requests(DocumentReader& reader, Workload& w) {
  read_length(reader, {&ScenarioDocument::isl, &ScenarioDocument::isl_histogram}, w.isl, w.isl_lengths);
  read_length(reader, {&ScenarioDocument::osl, &ScenarioDocument::osl_histogram}, w.osl, w.osl_lengths);
  w.prefix_hit = reader.amount(&ScenarioDocument::prefix_hit).value_or(0);
  w.requests_s = reader.amount(&ScenarioDocument::rps);
}

void read_speculation(DocumentReader& reader, const PresetRoots& roots, Speculation& s) {
  s.draft_tokens = reader.whole(&ScenarioDocument::draft_tokens).value_or(0);
  s.acceptance = reader.amount(&ScenarioDocument::acceptance).value_or(0);
  if (const auto word = reader.text(&ScenarioDocument::draft_model))
    s.draft_model = reader.take(named_model(roots, *word));
  if (s.draft_tokens > 0) {
    if (!reader.document().acceptance) reader.add_usage_error("--acceptance", "missing", "e.g. --acceptance 70%");
    return;
  }
  for (const auto member : {&ScenarioDocument::acceptance, &ScenarioDocument::draft_model})
    if (reader.document().*member)
      reader.add_usage_error(scenario_field(member).place(), "needs --draft-tokens", "e.g. --draft-tokens 3");
}

void read_routing(DocumentReader& reader, ExpertRouting& r) {
  if (const auto said = reader.text(&ScenarioDocument::expert_imbalance)) r = *parse_routing("", *said);
}

void read_overlap(DocumentReader& reader, Overlap& o) {
  if (const auto said = reader.text(&ScenarioDocument::overlap)) o = *parse_overlap("", *said);
}

void read_cooperation(DocumentReader& reader, Deployment& d) {
  const int groups = reader.whole(&ScenarioDocument::attention_dp).value_or(1);
  if (d.tp % groups != 0)
    reader.add_usage_error("--attention-dp", fmt::format("{} does not divide --tp {}", groups, d.tp),
                           "every replica takes tp / N ranks");
  else
    d = with_attention_groups(d, groups, !reader.document().ep);
  const auto said = reader.text(&ScenarioDocument::disaggregate);
  if (!said) return;
  for (const auto member : {&ScenarioDocument::dp, &ScenarioDocument::gpus})
    if (reader.document().*member)
      reader.add_usage_error("--disaggregate", fmt::format("excludes {}", scenario_field(member).place()));
  const ReplicaPools pools = *parse_pools("", *said);
  d.prefill = pools.prefill * d.dp;
  d.dp *= pools.decode;
}

int attention_groups(const ScenarioDocument& document) {
  return DocumentReader{document}.whole(&ScenarioDocument::attention_dp).value_or(1);
}

Result<ReplicaPools> parse_pools(std::string_view where, std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos)
    return usage_error(std::string(where), fmt::format("'{}': expected P:D", text),
                       "replicas that read prompts, and those that decode, e.g. 1:3");
  const auto prefill = bounded_literal(where, text.substr(0, colon), ValueKind::count, kReplicas);
  if (!prefill) return std::unexpected(prefill.error());
  const auto decode = bounded_literal(where, text.substr(colon + 1), ValueKind::count, kReplicas);
  if (!decode) return std::unexpected(decode.error());
  return ReplicaPools{static_cast<int>(prefill->value()), static_cast<int>(decode->value())};
}

Result<Overlap> parse_overlap(std::string_view where, std::string_view text) {
  for (const Overlap o : kOverlaps)
    if (text == name(o)) return o;
  return usage_error(std::string(where), fmt::format("'{}' is no overlap", text), "none or two-batch");
}

Result<ExpertRouting> parse_routing(std::string_view where, std::string_view text) {
  if (text == "random") return ExpertRouting{.drawn = true};
  const auto factor = bounded_literal(where, text, ValueKind::number, kReplicas);
  if (!factor) return std::unexpected(factor.error());
  return ExpertRouting{.imbalance = factor->value()};
}

}  // namespace roofcast
