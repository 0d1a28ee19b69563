#include "core/plan/sizing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/arrival_quantile.hpp"
#include "core/bisection.hpp"
#include "core/felt_stream.hpp"
#include "core/plan/poisson.hpp"

namespace roofcast {
namespace {

/// Sequences that a rank may have under way where nothing else limits it: no engine schedules more.
constexpr double kMostPlannedBatch = 16384;

/// Rounding errors are no reason for one replica more.
double rounded_up(double x) {
  return std::ceil(x * (1 - 1e-9));
}

std::int64_t whole(double replicas) {
  return static_cast<std::int64_t>(rounded_up(replicas));
}

bool percentile_matters(const PlanRequest& r) {
  return r.percentile && r.demand.kind == Demand::Kind::requests;
}

double ended(const FeltStream& stream, const Workload& w, double mean, const Slowdown& slow) {
  const FeltTimes t = stream.at(std::max(1.0, mean));
  return mean * (units::s / (slow.ttft * t.ttft + *w.osl * slow.tpot * t.tpot));
}

Workload tightened(Workload w, const Slowdown& slow) {
  if (w.tpot_slo) w.tpot_slo = *w.tpot_slo / slow.tpot;
  if (w.ttft_slo) w.ttft_slo = *w.ttft_slo / slow.ttft;
  return w;
}

/// Whether one replica keeps the SLOs when requests arrive at random. A machine whose tokens are slower by some factor
/// is as full as this one is at a rate that much higher.
bool keeps_arriving(const CompiledScenario& c, const PlanRequest& r, double requests_s, double batch,
                    const Slowdown& slow) {
  const Workload w = tightened(r.base.workload, slow);
  const FeltTimes t = arrival_times(c, r, requests_s * slow.tpot, batch);
  return std::isfinite(t.ttft.in(units::s)) && (!w.tpot_slo || t.tpot <= *w.tpot_slo) &&
         (!w.ttft_slo || t.ttft <= *w.ttft_slo);
}

/// Largest rate up to `most` that keeps them; 0 where not even a lone request does.
double most_arriving(const CompiledScenario& c, const PlanRequest& r, double most, double batch, const Slowdown& slow) {
  const auto keeps = [&](double requests_s) { return keeps_arriving(c, r, requests_s, batch, slow); };
  if (keeps(most)) return most;
  constexpr double kLone = 1e-9;
  return keeps(kLone * most) ? crossing(kLone * most, most, 1e-10, keeps).low : 0;
}

}  // namespace

RankLimit rank_limit(const CompiledScenario& c, const Workload& w, const Slowdown& slow) {
  RankLimit limit{.batch = std::min(max_sequences(c, w.full_length()), kMostPlannedBatch)};
  if (limit.batch < 1) return limit;  // memory first: it costs no search
  const auto slo = slo_batch(tightened(w, slow), c);
  if (slo && slo->batch < limit.batch) limit = {slo->batch, slo->binding};
  return limit;
}

double finished_per_second(const CompiledScenario& c, const Workload& w, double mean, const Slowdown& slow) {
  return ended(FeltStream{c, w}, w, mean, slow);
}

FeltTimes arrival_times(const CompiledScenario& c, const PlanRequest& r, double requests_s, double batch) {
  Workload w = r.base.workload;
  w.requests_s = requests_s;
  w.batch = static_cast<int>(batch);
  const ArrivalState a = arrival_state(c, c.roofs, w);
  if (!r.percentile) return {.tpot = a.tpot, .ttft = a.ttft};
  return {.tpot = a.tpot, .ttft = ttft_quantile(c, c.roofs, w, prompt_service(c, c.roofs, w), a, *r.percentile)};
}

double peak_load(const PlanRequest& r, double mean) {
  return percentile_matters(r) ? std::max(1.0, poisson_quantile(mean, *r.percentile)) : rounded_up(mean);
}

double mean_within(const PlanRequest& r, double batch) {
  return percentile_matters(r) ? poisson_mean(batch, *r.percentile) : batch;
}

double requests_per_second(const CompiledScenario& c, const Workload& w, std::int64_t replicas, double mean,
                           const Slowdown& slow) {
  return static_cast<double>(replicas * c.deployment.dp) * finished_per_second(c, w, mean, slow);
}

double mean_load(const CompiledScenario& c, const PlanRequest& r, std::int64_t replicas, const Slowdown& slow) {
  const double ranks = static_cast<double>(replicas * c.deployment.dp);
  const double share = r.planned() / ranks;
  if (r.demand.kind == Demand::Kind::users) return share;
  const Workload& w = r.base.workload;
  const FeltStream stream{c, w};
  const auto lacks = [&](double mean) { return !(ended(stream, w, mean, slow) >= share); };
  if (const double alone = ended(stream, w, 1, slow); alone >= share) return share / alone;
  double low = 1, high = 2;
  while (lacks(high)) {
    low = high;
    high *= 2;
    if (high > 2 * kMostPlannedBatch) return std::numeric_limits<double>::infinity();
  }
  return crossing(low, high, 1e-10, lacks).high;
}

Sizing sizing(const CompiledScenario& c, const PlanRequest& r, const Slowdown& slow) {
  const Workload& w = r.base.workload;
  Sizing s{.limit = rank_limit(c, w, slow)};
  if (s.limit.batch < 1) return s;
  s.most_mean = mean_within(r, s.limit.batch);
  s.requests_s = requests_per_second(c, w, 1, s.most_mean, slow);
  if (r.demand.kind == Demand::Kind::users) {
    s.replicas = std::max<std::int64_t>(1, whole(r.planned() / (s.most_mean * c.deployment.dp)));
    return s;
  }
  const double most = most_arriving(c, r, s.requests_s, s.limit.batch, slow);
  if (most <= 0) {
    s.limit = {.binding = Limit::ttft};
    return s;
  }
  s.queue_binds = most < s.requests_s;
  s.requests_s = most;
  s.replicas = std::max<std::int64_t>(1, whole(r.planned() / most));
  // What was rounded away may be the last that the SLOs allow.
  if (!keeps_arriving(c, r, r.planned() / static_cast<double>(s.replicas), s.limit.batch, slow)) ++s.replicas;
  return s;
}

}  // namespace roofcast
