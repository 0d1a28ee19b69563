#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/estimate.hpp"
#include "core/validation/prediction.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

int ranks(double count) {
  return static_cast<int>(std::min<double>(count, kMostRanks));
}

/// The names that serving tables use beside those of formats.
std::string_view format_name(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kShort{
      {{"fp4", "nvfp4"}, {"int4", "int4_wo"}}};
  for (const auto& [from, to] : kShort)
    if (word == from) return to;
  return word;
}

/// Stores attention and MLP matrices in one format, experts in another. Words that are empty or "auto" leave the
/// checkpoint's. Returns the reason why not, or nothing.
std::string set_formats(ModelSpec& model, std::string_view matrices, std::string_view experts) {
  const auto own = [](std::string_view word) { return word.empty() || word == "auto"; };
  if (own(matrices) && own(experts)) return {};
  const auto matrix_format = find_weight_format(format_name(own(matrices) ? experts : matrices));
  const auto expert_format = find_weight_format(format_name(own(experts) ? matrices : experts));
  if (!matrix_format || !expert_format)
    return fmt::format("'{}' is not a known weight format", matrix_format ? experts : matrices);
  model = with_weight_format(std::move(model), *matrix_format);
  for (auto& kind : model.kinds) kind.formats.experts = *expert_format;
  return {};
}

std::string reason(const Errors& errors) {
  return fmt::format("{} {}", errors.front().where, errors.front().what);
}

/// A roof alone has no interval.
PredictedFigure figure(Seconds time, const TimeRange& range) {
  PredictedFigure f{.value = time.in(units::ms)};
  if (!range.high) return f;
  f.low = range.low.in(units::ms);
  f.high = range.high->in(units::ms);
  return f;
}

}  // namespace

Result<Scenario> serving_scenario(const ServingRun& run, const ModelSpec& model, const Device& device,
                                  const Engine& engine) {
  Scenario s{.model = model,
             .device = device,
             .engine = engine,
             .deployment = {.tp = ranks(run.tp), .pp = ranks(run.pp), .dp = ranks(run.dp)}};
  const bool experts = has_experts(model);
  if (experts && run.moe_tp * run.ep > 1 && run.moe_tp * run.ep != run.tp * run.dp)
    return fail("row", fmt::format("moe_tp {} x ep {} is not tp {} x dp {}", run.moe_tp, run.ep, run.tp, run.dp));
  if (experts) s.deployment.ep = ranks(run.ep);
  const auto& matrices = run.gemm_dtype.empty() ? run.precision : run.gemm_dtype;
  if (auto wrong = set_formats(s.model, matrices, run.moe_dtype.empty() ? matrices : run.moe_dtype); !wrong.empty())
    return fail("row", std::move(wrong));
  s.kv = model_kv_format(s.model);
  s.workload = {.isl = run.isl, .osl = run.osl};
  if (auto errors = scenario_errors(s); !errors.empty()) return std::unexpected(std::move(errors));
  return s;
}

Prediction predict_serving(const ServingRun& run, const ModelSpec& model, const Device& device, const Engine& engine) {
  const auto s = serving_scenario(run, model, device, engine);
  if (!s) return no_prediction(reason(s.error()));
  const CompiledScenario c = compile(*s);
  if (max_sequences(c, s->workload.full_length()) < 1)
    return no_prediction(fmt::format("not one request of {} tokens fits on {} x {}", run.isl + run.osl,
                                     s->deployment.gpus(), device.id));
  const ServingTimes t = serving_times(*s, c, std::ceil(run.batch / run.dp));
  const auto step = decode_time(c.plan, c.roofs, {.batch = t.in_flight, .context = s->workload.step_context()});
  Prediction p{.grade = time_grade(*s, t.in_flight, s->workload.full_length()), .bound = step.bound};
  p.figures[0] = figure(t.ttft, t.ttft_range);
  p.figures[1] = figure(t.tpot, t.tpot_range);
  return p;
}

Prediction predict_cache(const CacheStart& start, const ModelSpec& model, const Device& device, const Engine& engine) {
  const double replicas = start.gpus / (start.tp * start.pp);
  if (replicas < 1 || replicas != std::floor(replicas))
    return no_prediction(fmt::format("gpus {} is not a multiple of tp {} x pp {}", start.gpus, start.tp, start.pp));
  Scenario s{.model = model,
             .device = device,
             .engine = engine,
             .deployment = {.tp = ranks(start.tp), .pp = ranks(start.pp), .dp = ranks(replicas)},
             .workload = {.context = start.max_model_len},
             .memory_utilization = start.memory_utilization};
  if (auto wrong = set_formats(s.model, start.weight_dtype, start.weight_dtype); !wrong.empty())
    return no_prediction(std::move(wrong));
  s.kv = model_kv_format(s.model);
  if (!start.kv_dtype.empty() && start.kv_dtype != "auto") {
    const auto kv = find_kv_format(start.kv_dtype);
    if (!kv) return no_prediction(fmt::format("kv_dtype '{}' is not a known element type", start.kv_dtype));
    s.kv = *kv;
  }
  const auto e = estimate(s);
  if (!e) return no_prediction(reason(e.error()));
  Prediction p;
  p.figures = {PredictedFigure{.value = e->memory.kv_pool.in(units::GiB)},
               PredictedFigure{.value = e->cache.pool_tokens}, PredictedFigure{.value = e->limits.concurrency_full}};
  return p;
}

}  // namespace roofcast
