#include "core/chart/limit_curve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/chart/finished_figure.hpp"
#include "core/chart/log_steps.hpp"

namespace roofcast {
namespace {

constexpr double kLeastContext = 256;
constexpr double kUndeclared = 131072;  ///< where the model declares no context
constexpr double kMostDrawn = 1 << 20;  ///< where nothing sets an end, a chart does

/// The workload with sequences of `tokens` tokens.
Workload with_length(Workload w, double tokens) {
  if (!w.isl) {
    w.context = tokens;
    return w;
  }
  const double isl = std::clamp(std::round(tokens * *w.isl / w.full_length()), 1.0, tokens);
  w.isl = isl;
  if (w.osl) w.osl = tokens - isl;
  return w;
}

LimitPoint limit_point(const CompiledScenario& c, const Workload& w) {
  LimitPoint p{.context = w.full_length(), .concurrency = std::min(max_sequences(c, w.full_length()), kMostDrawn)};
  if (const auto slo = slo_batch(w, c); slo && slo->batch < p.concurrency) {
    p.concurrency = slo->batch;
    p.binding = slo->binding;
  }
  p.concurrency *= c.deployment.dp;
  return p;
}

}  // namespace

Result<LimitCurve> limit_curve(const Scenario& s, std::size_t count) {
  if (auto errors = scenario_errors(s); !errors.empty()) return std::unexpected(std::move(errors));
  const CompiledScenario c = compile(s);
  LimitCurve curve;
  curve.by_rules = std::ranges::any_of(c.stages, [](const StageMemory& m) { return m.budget.overhead > Bytes{}; });
  const double declared = s.model.max_context > 0 ? s.model.max_context : kUndeclared;
  const double asked = std::max(declared, s.workload.full_length());
  const double last = std::min(asked, max_context(c, 1).value_or(asked));
  if (last < asked) {
    curve.ends = true;
    curve.end = Limit::memory;
    curve.longest = last;
  }
  for (const double tokens : log_steps(std::min(kLeastContext, std::max(1.0, last)), last, count)) {
    const auto p = limit_point(c, with_length(s.workload, tokens));
    if (p.concurrency < 1) {
      if (!curve.points.empty()) {
        curve.ends = true;
        curve.end = p.binding;
        curve.longest.reset();
      }
      continue;
    }
    curve.points.push_back(p);
    if (p.binding != Limit::memory)
      curve.grade = less_certain(curve.grade, time_grade(c, p.concurrency / c.deployment.dp, tokens));
  }
  if (curve.points.empty())
    curve.problem = !tightest_stage(c, 1).budget.weights_fit() ? "the weights do not fit"
                    : last < 1                                 ? "not one sequence fits"
                                                               : "no sequence keeps the SLOs";
  return curve;
}

}  // namespace roofcast
