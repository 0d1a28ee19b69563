#include "core/plan/sizing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/plan/poisson.hpp"

namespace roofcast {
namespace {

/// Sequences that a rank may have under way where nothing else limits it: no engine schedules more.
constexpr double kMostBatch = 16384;

/// Rounding errors are no reason for one replica more.
double rounded_up(double x) {
  return std::ceil(x * (1 - 1e-9));
}

bool percentile_matters(const PlanRequest& r) {
  return r.percentile && r.demand.kind == Demand::Kind::requests;
}

}  // namespace

RankLimit rank_limit(const CompiledScenario& c, const Workload& w, const Slowdown& slow) {
  RankLimit limit{.batch = std::min(max_sequences(c, w.full_length()), kMostBatch)};
  if (limit.batch < 1) return limit;  // memory first: it costs no search
  Workload tighter = w;
  if (tighter.tpot_slo) tighter.tpot_slo = *tighter.tpot_slo / slow.tpot;
  if (tighter.ttft_slo) tighter.ttft_slo = *tighter.ttft_slo / slow.ttft;
  const auto slo = slo_batch(tighter, c);
  if (slo && slo->batch < limit.batch) limit = {slo->batch, slo->binding};
  return limit;
}

double finished_per_second(const CompiledScenario& c, const Workload& w, double mean, const Slowdown& slow) {
  const FeltTimes t = felt_times(c, w, std::max(1.0, mean));
  return mean * (units::s / (slow.ttft * t.ttft + *w.osl * slow.tpot * t.tpot));
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
  const auto serves = [&](double mean) { return finished_per_second(c, w, mean, slow) >= share; };
  if (const double alone = finished_per_second(c, w, 1, slow); alone >= share) return share / alone;
  double low = 1, high = 2;
  while (!serves(high)) {
    low = high;
    high *= 2;
    if (high > 2 * kMostBatch) return std::numeric_limits<double>::infinity();
  }
  while (high - low > 1e-10 * high) {
    const double middle = (low + high) / 2;
    (serves(middle) ? high : low) = middle;
  }
  return high;
}

Sizing sizing(const CompiledScenario& c, const PlanRequest& r, const Slowdown& slow) {
  const Workload& w = r.base.workload;
  Sizing s{.limit = rank_limit(c, w, slow)};
  if (s.limit.batch < 1) return s;
  s.most_mean = mean_within(r, s.limit.batch);
  const double served = r.demand.kind == Demand::Kind::users ? s.most_mean * c.deployment.dp
                                                             : requests_per_second(c, w, 1, s.most_mean, slow);
  s.replicas = static_cast<std::int64_t>(std::max(1.0, rounded_up(r.planned() / served)));
  return s;
}

}  // namespace roofcast
