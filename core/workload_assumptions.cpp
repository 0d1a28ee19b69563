#include "core/workload_assumptions.hpp"

#include <fmt/format.h>

#include "core/value_literal.hpp"

namespace roofcast {
namespace {

void add_lengths(std::vector<std::string>& a, std::string_view what, const std::optional<LengthDistribution>& lengths) {
  if (!lengths) return;
  const double mean = lengths->mean(), most = lengths->frequent;
  a.push_back(
      fmt::format("{} follow {}: mean {:.0f}, 90% up to {:.0f} tokens; memory for whole conversations takes the "
                  "{}, steps and prompts their mean over all lengths",
                  what, lengths->text, mean, most, mean > most ? "mean, which is more" : "90%"));
}

std::string draft_source(const Scenario& s) {
  if (s.speculation.draft_model) return fmt::format("made by {}, one pass each", s.speculation.draft_model->name);
  if (own_draft_model(s.model)) return "made by the model's own MTP layer, one pass each with the LM head";
  return "taken to cost nothing (n-gram look-up): --draft-model counts a model's time and memory";
}

std::string routing_text(const ExpertRouting& r, const Deployment& d) {
  if (d.ep > 1 && r.drawn)
    return fmt::format("tokens draw their experts uniformly: the busiest of {} ranks sets the pace", d.ep);
  if (d.ep > 1 && r.imbalance > 1)
    return fmt::format("the busiest of {} expert ranks has {:.3g} times the mean of the tokens", d.ep, r.imbalance);
  return "tokens are routed to all experts alike: uneven routing reads fewer experts and loads ranks unevenly";
}

}  // namespace

std::vector<std::string> workload_assumptions(const Scenario& s) {
  std::vector<std::string> a;
  const Workload& w = s.workload;
  const Deployment& d = s.deployment;
  if (has_experts(s.model)) a.push_back(routing_text(s.routing, d));
  add_lengths(a, "prompts", w.isl_lengths);
  add_lengths(a, "answers", w.osl_lengths);
  if (w.prefix_hit > 0)
    a.push_back(
        fmt::format("{:.3g}% of a prompt is found in the cache: its tokens are not computed, and the rest read "
                    "their rows; memory counts every conversation whole, nothing is shared",
                    100 * w.prefix_hit));
  if (s.speculation.draft_tokens > 0)
    a.push_back(fmt::format(
        "a step verifies {} drafts, each right with {:.3g}% if those before it are: {:.3g} tokens a "
        "step; drafts are {}",
        s.speculation.draft_tokens, 100 * s.speculation.acceptance, tokens_per_step(s.speculation), draft_source(s)));
  if (d.prefill > 0)
    a.push_back(
        fmt::format("{} of {} replicas read prompts alone, in turn; their rows go to the other {} at one link's "
                    "bandwidth per device before the first token is out",
                    d.prefill, d.prefill + d.dp, d.dp));
  if (w.requests_s)
    a.push_back(
        fmt::format("{:.6g} requests/s arrive at random (Poisson) and are shared out evenly; prompts are read one "
                    "after another (M/G/1), places for answers are waited for as in M/G/c; percentiles take "
                    "waits to be exponential",
                    *w.requests_s));
  return a;
}

}  // namespace roofcast
