#include "core/solve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/bisection.hpp"
#include "core/plan/layouts.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"

namespace roofcast {
namespace {

constexpr double kMostBatch = 1 << 30, kLongest = 1e12;

/// A scenario with some value of the unknown put in.
struct Attempt {
  double value = 0;
  std::string text{};  ///< "8 KV heads (gqa:8)"
  Scenario scenario{};
};

bool holds(const Scenario& s) {
  const auto e = estimate(s);
  return e && e->fits && e->meets_slos;
}

/// `bound`: "at most", "at least", or that there is no end where the search stops.
Result<Solution> found(Unknown u, std::string_view bound, const Attempt& a, const std::vector<Attempt>& next) {
  auto e = estimate(a.scenario);
  if (!e) return std::unexpected(std::move(e.error()));
  Solution s{.unknown = u,
             .found = true,
             .value = a.value,
             .answer = fmt::format("{} {}", bound, a.text),
             .estimate = std::move(*e)};
  if (next.empty()) return s;
  s.one_step = next.front().text;
  const auto beyond = estimate(next.front().scenario);
  s.beyond = beyond ? verdict(*beyond).sentence : beyond.error().front().what;
  return s;
}

Result<Solution> none(Unknown u, const Attempt& nearest) {
  auto e = estimate(nearest.scenario);
  if (!e) return std::unexpected(std::move(e.error()));
  return Solution{.unknown = u, .answer = "not even " + nearest.text, .estimate = std::move(*e)};
}

/// The largest whole value in [1, most] that holds; times and bytes grow with it.
template <class AttemptAt>
Result<Solution> largest(Unknown u, double most, AttemptAt at) {
  const double value = last_true(1, most, [&](double x) { return holds(at(x).scenario); });
  if (value < 1) return none(u, at(1));
  if (value >= most) return found(u, "no end, even", at(most), {});
  return found(u, "at most", at(value), {at(value + 1)});
}

Result<Solution> most_batch(Scenario s) {
  return largest(Unknown::batch, kMostBatch, [s](double x) mutable {
    s.workload.batch = static_cast<int>(x);
    return Attempt{x, counted(x, "conversation"), s};
  });
}

Result<Solution> longest_context(Scenario s) {
  const bool prompt = s.workload.osl.has_value();
  return largest(Unknown::context, kLongest, [s, prompt](double x) mutable {
    (prompt ? s.workload.isl : s.workload.context) = x;
    return Attempt{x, counted(x, prompt ? "prompt token" : "token"), s};
  });
}

Result<Solution> fewest_gpus(const Scenario& s) {
  std::vector<Attempt> attempts;
  for (const Deployment& d : layouts(s, kMostRanks)) {
    Scenario cut = s;
    cut.deployment = d;
    // The same conversations in every layout: DP ranks that share the experts share them too.
    if (s.workload.batch) cut.workload.batch = (*s.workload.batch - 1) / d.dp + 1;
    auto text = deployment_text(cut);
    attempts.push_back({static_cast<double>(d.gpus()), std::move(text), std::move(cut)});
  }
  std::ranges::stable_sort(attempts, {}, &Attempt::value);
  const auto works = [](const Attempt& a) { return holds(a.scenario); };
  const auto first = std::ranges::find_if(attempts, works);
  if (first == attempts.end()) return none(Unknown::gpus, attempts.back());
  // Of the layouts with so few devices the fastest.
  const auto tpot = [](const Attempt& a) { return estimate(a.scenario)->rates.tpot; };
  auto best = first;
  for (auto a = first; a != attempts.end() && a->value == first->value; ++a)
    if (works(*a) && tpot(*a) < tpot(*best)) best = a;
  std::vector<Attempt> fewer;
  for (auto a = attempts.begin(); a != first && a->value < first->value; ++a) fewer = {*a};
  return found(Unknown::gpus, "at least", *best, fewer);
}

/// What-ifs of the attention with 1, 2, ... KV heads, as far as heads and ranks divide; the first error where none is.
Result<std::vector<Attempt>> head_counts(const Scenario& s) {
  double query_heads = 0;
  for (const auto& kind : s.model.kinds) query_heads = std::max(query_heads, parts(kind, s.model.hidden).query_heads);
  std::vector<Attempt> attempts;
  Errors errors;
  for (int heads = 1; heads <= static_cast<int>(query_heads); ++heads) {
    if (std::fmod(query_heads, heads) != 0) continue;
    const AttentionOverride o{.kind = AttentionOverride::Kind::gqa, .kv_heads = heads};
    auto model = with_attention(s.model, o);
    if (!model) {
      errors = std::move(model.error());
      continue;
    }
    Scenario changed = s;
    const auto label = attention_label(*model);
    if (label != attention_label(s.model)) changed.model = std::move(*model);
    if (!deployment_errors(changed.model, changed.deployment).empty()) continue;
    attempts.push_back(
        {static_cast<double>(heads), fmt::format("{} ({})", counted(heads, "KV head"), label), std::move(changed)});
  }
  if (attempts.empty() && !errors.empty()) return std::unexpected(std::move(errors));
  return attempts;
}

Result<Solution> most_kv_heads(const Scenario& s) {
  const auto attempts = head_counts(s);
  if (!attempts) return std::unexpected(attempts.error());
  if (attempts->empty())
    return usage_error("--solve", fmt::format("'kv-heads': no number of KV heads of {} divides over --tp {}",
                                              s.model.name, s.deployment.tp));
  std::vector<Attempt> more;
  for (auto a = attempts->rbegin(); a != attempts->rend(); ++a) {
    if (holds(a->scenario)) return found(Unknown::kv_heads, "at most", *a, more);
    more = {*a};
  }
  return none(Unknown::kv_heads, attempts->front());
}

Result<Solution> least_bandwidth(const Scenario& s) {
  if (!s.workload.tpot_slo && !s.workload.ttft_slo)
    return usage_error("--solve", "'memory-bandwidth' follows from an SLO", "give --tpot or --ttft");
  const auto at = [&](BytesPerSecond b) {
    Attempt a{b.in(units::byte / units::s), format_bandwidth(b), s};
    a.scenario.device.bandwidth = b;
    return a;
  };
  if (const auto now = estimate(s); now && !now->fits)
    return none(Unknown::memory_bandwidth, {.text = "any, as it does not fit", .scenario = s});
  constexpr double kMostTimesFaster = 1e4;
  BytesPerSecond enough = s.device.bandwidth;
  while (!holds(at(enough).scenario)) {
    if (enough > kMostTimesFaster * s.device.bandwidth) return none(Unknown::memory_bandwidth, at(enough));
    enough = 2 * enough;
  }
  while (enough > s.device.bandwidth / kMostTimesFaster && holds(at(enough / 2).scenario)) enough = enough / 2;
  // Three digits, as they are printed.
  const double base = enough.in(units::byte / units::s);
  const BytesPerSecond step{std::pow(10.0, std::floor(std::log10(base / 2)) - 2)};
  const double steps = 1 + last_true(1, std::ceil(base / step.in(units::byte / units::s)),
                                     [&](double n) { return !holds(at(n * step).scenario); });
  return found(Unknown::memory_bandwidth, "at least", at(steps * step), {at((steps - 1) * step)});
}

/// What contradicts the unknown: it would be answered for another question than the one that was asked.
Errors contradictions(const Scenario& s, Unknown u) {
  const auto refused = [&](std::string_view why, std::string hint) {
    return Errors{{"--solve", fmt::format("'{}' {}", name(u), why), std::move(hint), ErrorKind::usage}};
  };
  const bool counted = u == Unknown::batch || u == Unknown::gpus;
  if (counted && s.workload.requests_s)
    return refused("is no unknown where --rps says what comes in", "roofcast plan sizes a deployment for --rps");
  if (u == Unknown::context && s.workload.isl_lengths)
    return refused("is one length, and the prompts here have many", "leave the law or histogram of the prompts out");
  if (u == Unknown::gpus && s.deployment.prefill > 0)
    return refused("is of one replica, and --disaggregate has two kinds", "leave --disaggregate out");
  return {};
}

}  // namespace

Result<Solution> solve(const Scenario& scenario, Unknown unknown) {
  if (auto errors = contradictions(scenario, unknown); !errors.empty()) return std::unexpected(std::move(errors));
  Scenario s = scenario;
  if (unknown == Unknown::context) (s.workload.osl ? s.workload.isl : s.workload.context) = 1;
  if (auto errors = scenario_errors(s); !errors.empty() && unknown != Unknown::gpus)
    return std::unexpected(std::move(errors));
  // Where requests arrive the batch is a cap, and how many decode together follows from the rate.
  if (unknown != Unknown::batch && !s.workload.batch && !s.workload.requests_s) s.workload.batch = 1;
  switch (unknown) {
    case Unknown::batch:
      return most_batch(std::move(s));
    case Unknown::context:
      return longest_context(std::move(s));
    case Unknown::gpus:
      if (auto errors = workload_errors(s.workload); !errors.empty()) return std::unexpected(std::move(errors));
      return fewest_gpus(s);
    case Unknown::kv_heads:
      return most_kv_heads(s);
    case Unknown::memory_bandwidth:
      return least_bandwidth(s);
  }
  return fail("--solve", "unknown");
}

}  // namespace roofcast
