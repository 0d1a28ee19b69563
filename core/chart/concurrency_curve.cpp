#include "core/chart/concurrency_curve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/chart/log_steps.hpp"

namespace roofcast {
namespace {

/// Where memory sets no end, a chart does.
constexpr double kLargestBatch = 65536;

TimeRange tpot_range(const CompiledScenario& c, const Workload& w, double batch) {
  if (w.isl && w.osl) return serving_times(c, w, batch).tpot_range;
  const Load load{.batch = batch, .context = w.step_context()};
  return per_token(c, step_range(c, batch, w.full_length(), decode_time(c.plan, c.roofs, load).time,
                                 decode_time(c.plan, c.roofs.datasheet(), load).time));
}

ConcurrencyPoint point(const CompiledScenario& c, const Workload& w, double batch) {
  const Rates r = rates(c, w, batch);
  const TimeRange range = tpot_range(c, w, batch);
  ConcurrencyPoint p{.concurrency = c.deployment.dp * batch,
                     .tokens_s = r.tokens_s,
                     .tokens_s_user = r.tokens_s_user,
                     .user_high = units::s / range.low,
                     .grade = time_grade(c, batch, w.full_length())};
  if (range.high) p.user_low = units::s / *range.high;
  return p;
}

}  // namespace

Result<ConcurrencyCurve> concurrency_curve(const Scenario& s, std::size_t count) {
  if (auto errors = scenario_errors(s); !errors.empty()) return std::unexpected(std::move(errors));
  const CompiledScenario c = compile(s);
  const Workload& w = s.workload;
  const double fit = max_sequences(c, w.full_length());
  ConcurrencyCurve curve;
  if (fit <= kLargestBatch) curve.memory_limit = c.deployment.dp * fit;
  if (fit < 1) {
    curve.problem =
        tightest_stage(c, w.full_length()).budget.weights_fit() ? "not one sequence fits" : "the weights do not fit";
    return curve;
  }
  auto batches = log_steps(1, std::min(fit, kLargestBatch), count);
  const auto slo = slo_batch(w, c);
  if (slo) {
    curve.slo = slo->binding;
    curve.slo_limit = c.deployment.dp * slo->batch;
    if (slo->batch >= 1 && slo->batch < batches.back())
      batches.insert(std::ranges::lower_bound(batches, slo->batch), slo->batch);
    const auto repeated = std::ranges::unique(batches);
    batches.erase(repeated.begin(), repeated.end());
  }
  for (const double batch : batches) {
    curve.points.push_back(point(c, w, batch));
    curve.points.back().keeps_slos = !slo || batch <= slo->batch;
  }
  return curve;
}

}  // namespace roofcast
