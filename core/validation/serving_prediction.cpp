#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/engine_version.hpp"
#include "core/estimate.hpp"
#include "core/serving_times.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {
namespace {

constexpr double kMostRanks = 65536;

int ranks(double count) {
  return static_cast<int>(std::min(count, kMostRanks));
}

/// The names that serving tables use beside those of formats.
std::string_view format_name(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kShort{
      {{"fp4", "nvfp4"}, {"int4", "int4_wo"}}};
  for (const auto& [from, to] : kShort)
    if (word == from) return to;
  return word;
}

bool is_own(std::string_view word) {
  return word.empty() || word == "auto";
}

/// Stores attention and MLP matrices in one format, experts in another. Words that are empty or "auto" leave the
/// checkpoint's. Returns the reason why not, or nothing.
std::string set_formats(ModelSpec& model, std::string_view matrices, std::string_view experts) {
  if (is_own(matrices) && is_own(experts)) return {};
  for (const auto word : {matrices, experts})
    if (!is_own(word) && !find_weight_format(format_name(word)))
      return fmt::format("'{}' is not a known weight format", word);
  for (auto& kind : model.kinds) {
    auto& f = kind.formats;
    if (!is_own(matrices)) f.attention = f.mlp = *find_weight_format(format_name(matrices));
    if (!is_own(experts)) f.experts = *find_weight_format(format_name(experts));
  }
  model.checkpoint_bytes.reset();  // they were of other formats
  return {};
}

constexpr std::string_view kRow = "row";  // where an error is that no flag of `estimate` stands for

std::string reason(const Errors& errors) {
  const auto& e = errors.front();
  return e.where == kRow ? e.what : fmt::format("{} {}", e.where, e.what);
}

/// A run that can be computed, compiled; or why it cannot be.
struct CompiledRun {
  Scenario scenario{};
  CompiledScenario compiled{};
  double batch = 1;  ///< requests of one replica
  std::string reason{};
};

CompiledRun compiled(const ServingRun& run, Result<Scenario> scenario) {
  if (!scenario) return {.reason = reason(scenario.error())};
  CompiledRun out{.scenario = std::move(*scenario), .batch = std::ceil(run.batch / run.dp)};
  out.compiled = compile(out.scenario);
  if (max_sequences(out.compiled, out.scenario.workload.full_length()) < 1)
    out.reason = fmt::format("not one request of {} tokens fits on {} x {}", run.isl + run.osl,
                             out.scenario.deployment.gpus(), out.scenario.device.id);
  return out;
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
    return fail(std::string(kRow),
                fmt::format("moe_tp {} x ep {} is not tp {} x dp {}", run.moe_tp, run.ep, run.tp, run.dp));
  if (experts) s.deployment.ep = ranks(run.ep);
  const auto& matrices = run.gemm_dtype.empty() ? run.precision : run.gemm_dtype;
  if (auto wrong = set_formats(s.model, matrices, run.moe_dtype.empty() ? matrices : run.moe_dtype); !wrong.empty())
    return fail(std::string(kRow), std::move(wrong));
  s.kv = model_kv_format(s.model);
  s.workload = {.isl = run.isl, .osl = run.osl};
  if (auto errors = scenario_errors(s); !errors.empty()) return std::unexpected(std::move(errors));
  return s;
}

Prediction serving_roof(const ServingRun& run, const ModelSpec& model, const Device& device, const Engine& engine) {
  Engine without_fits = engine;
  without_fits.serving.clear();
  const auto r = compiled(run, serving_scenario(run, model, device, without_fits));
  if (!r.reason.empty()) return no_prediction(r.reason);
  const auto& c = r.compiled;
  const double held = std::min(r.batch, std::floor(max_sequences(c, r.scenario.workload.full_length())));
  const auto prompt = prefill_time(c.plan, c.roofs, run.isl, c.chunk_tokens);
  const auto step = decode_time(c.plan, c.roofs, {.batch = held, .context = r.scenario.workload.step_context()});
  Prediction p{.bound = step.bound};
  p.figures[0] = {.value = prompt.time.in(units::ms)};
  p.figures[1] = {.value = step.time.in(units::ms)};
  return p;
}

Prediction predict_serving(const ServingRun& run, const ModelSpec& model, const Device& device, const Engine& engine) {
  const auto r = compiled(run, serving_scenario(run, model, device, engine));
  if (!r.reason.empty()) return no_prediction(r.reason);
  const auto& c = r.compiled;
  const auto& load = r.scenario.workload;
  const ServingTimes t = serving_times(c, load, r.batch);
  const auto step = decode_time(c.plan, c.roofs, {.batch = t.in_flight, .context = load.step_context()});
  Prediction p{.grade = time_grade(c, t.in_flight, load.full_length()), .bound = step.bound};
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
             .engine = at_version(engine, start.engine_version, start.max_model_len),
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
