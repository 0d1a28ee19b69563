#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/estimate.hpp"
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

std::string reason(const Errors& errors) {
  return fmt::format("{} {}", errors.front().where, errors.front().what);
}

bool has_experts(const ModelSpec& model) {
  return std::ranges::any_of(model.kinds, [](const auto& kind) { return parts(kind.ffn, 1).experts.has_value(); });
}

/// Sequences of the run that one replica holds at a time: those beyond its memory wait.
double held_batch(const ServingRun& run, const CompiledScenario& c) {
  return std::min(std::ceil(run.batch / run.dp), std::floor(max_sequences(c, run.isl + run.osl)));
}

}  // namespace

Prediction predict_serving(const ServingRun& run, const ModelSpec& model, const Device& device, const Engine& engine) {
  Scenario s{.model = model,
             .device = device,
             .engine = engine,
             .deployment = {.tp = ranks(run.tp), .pp = ranks(run.pp), .dp = ranks(run.dp)}};
  const bool experts = has_experts(model);
  if (experts && run.moe_tp * run.ep > 1 && run.moe_tp * run.ep != run.tp * run.dp)
    return no_prediction(fmt::format("moe_tp {} x ep {} is not tp {} x dp {}", run.moe_tp, run.ep, run.tp, run.dp));
  if (experts) s.deployment.ep = ranks(run.ep);
  const auto& matrices = run.gemm_dtype.empty() ? run.precision : run.gemm_dtype;
  if (auto wrong = set_formats(s.model, matrices, run.moe_dtype.empty() ? matrices : run.moe_dtype); !wrong.empty())
    return no_prediction(std::move(wrong));
  s.kv = model_kv_format(s.model);
  s.workload = {.isl = run.isl, .osl = run.osl};
  if (const auto errors = scenario_errors(s); !errors.empty()) return no_prediction(reason(errors));

  const CompiledScenario c = compile(s);
  const double batch = held_batch(run, c);
  if (batch < 1)
    return no_prediction(
        fmt::format("not one request of {} tokens fits on {} x {}", run.isl + run.osl, s.deployment.gpus(), device.id));
  const auto prompt = prefill_time(c.plan, c.roofs, run.isl, c.chunk_tokens);
  const auto step = decode_time(c.plan, c.roofs, {.batch = batch, .context = s.workload.mean_length()});
  Prediction p{.bound = step.bound};
  p.figures[0] = {.value = prompt.time.in(units::ms)};
  p.figures[1] = {.value = step.time.in(units::ms)};
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
