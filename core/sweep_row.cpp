#include "core/sweep_row.hpp"

#include <algorithm>
#include <cmath>

#include "core/estimate.hpp"
#include "core/price.hpp"

namespace roofcast {
namespace {

bool breaks_slo(const SweepRow& row, const Workload& w) {
  return (w.tpot_slo && row.felt.tpot > *w.tpot_slo) || (w.ttft_slo && row.felt.ttft > *w.ttft_slo);
}

/// What follows from a row's speed.
void judge(SweepRow& row, const Workload& w) {
  row.grade = time_grade(row.config->compiled, row.batch, row.context);
  if (breaks_slo(row, w)) row.status = PointStatus::slo;
  if (const auto usd = price(row.config->scenario)) row.usd_mtok = usd_mtok(*usd, row.tokens_s_gpu);
}

void add_speed(SweepRow& row, const SweepBlock& block, std::size_t i, const Workload& w) {
  row.step = block.step.at(i);
  row.prefill = block.length.prefill;
  row.felt = {.tpot = Seconds{block.tpot[i]}, .ttft = Seconds{block.ttft[i]}};
  row.tokens_s_user = block.tokens_s_user[i];
  row.tokens_s = block.tokens_s[i];
  row.tokens_s_gpu = block.tokens_s_gpu[i];
  row.step_range.low = Seconds{block.low[i]};
  if (std::isfinite(block.high[i])) row.step_range.high = Seconds{block.high[i]};
  judge(row, w);
}

/// The same of a point that no block holds.
void add_speed(SweepRow& row, const LengthFigures& figures, const Workload& w,
               const std::optional<ArrivalState>& arrivals) {
  const CompiledScenario& c = row.config->compiled;
  const Scenario& s = row.config->scenario;
  const Load load{.batch = row.batch, .context = w.step_context()};
  row.step = decode_time(c.plan, c.roofs, load);
  row.prefill = figures.prefill;
  row.felt = w.isl && w.osl ? felt_times(c, w, row.batch)
                            : FeltTimes{.tpot = row.step->time / c.plan.tokens_per_step, .ttft = *row.prefill};
  row.tokens_s = rates(c, w, row.batch).tokens_s;
  if (arrivals) {
    row.felt = {.tpot = arrivals->tpot, .ttft = arrivals->ttft};
    row.tokens_s = std::min(arrivals->requests_s, arrivals->most_requests_s) * *w.osl;
    row.most_requests_s = arrivals->most_requests_s;
    if (arrivals->overloaded()) row.reason = "more requests arrive than can be served";
    if (arrivals->overloaded()) row.status = PointStatus::slo;
  }
  row.tokens_s_user = units::s / row.felt.tpot;
  row.tokens_s_gpu = row.tokens_s / static_cast<double>(s.deployment.gpus());
  const Seconds roof = c.fit ? decode_time(c.plan, c.roofs.datasheet(), load).time : row.step->time;
  row.step_range = step_range(c, row.batch, row.context, row.step->time, roof);
  judge(row, w);
}

/// All but its speed, and whether it has one.
bool fill(SweepRow& row, const LengthFigures& figures) {
  row.max_batch_memory = figures.max_batch_memory;
  if (row.batch >= 1) row.kv_per_gpu = row.batch * figures.kv_per_sequence;
  if (row.batch >= 1 && row.batch <= row.max_batch_memory) return true;
  row.status = PointStatus::oom;
  row.reason = figures.tightest->budget.weights_fit() ? "the KV cache does not fit" : "the weights do not fit";
  return false;
}

SweepRow inputs(const SweepConfig& config, const Workload& w, std::size_t point) {
  return {.point = point,
          .config = &config,
          .isl = w.isl,
          .osl = w.osl,
          .context = w.full_length(),
          .batch = static_cast<double>(w.batch.value_or(0)),
          .prefix_hit = w.prefix_hit,
          .requests_s = w.requests_s};
}

}  // namespace

std::string_view name(PointStatus status) {
  switch (status) {
    case PointStatus::ok:
      return "ok";
    case PointStatus::oom:
      return "oom";
    case PointStatus::unsupported:
      return "unsupported";
    case PointStatus::slo:
      return "slo";
  }
  return "";
}

SweepRow sweep_row(const SweepConfig& config, const LengthFigures& figures, const Workload& w, std::size_t point) {
  SweepRow row = inputs(config, w, point);
  if (!config.unsupported.empty()) {
    row.status = PointStatus::unsupported;
    row.reason = config.unsupported;
    return row;
  }
  if (w.requests_s && figures.max_batch_memory >= 1) {
    const ArrivalState arrivals = arrival_state(config.compiled, config.compiled.roofs, w);
    row.batch = shown_batch(arrivals);
    row.max_batch_memory = figures.max_batch_memory;
    row.kv_per_gpu = row.batch * allocated_per_sequence(figures.tightest->layout, w.mean_length());
    add_speed(row, figures, w, arrivals);
    return row;
  }
  if (!w.batch) {
    const auto slo = slo_batch(w, config.compiled);
    row.batch = largest_batch(figures.max_batch_memory, slo ? std::optional{slo->batch} : std::nullopt);
  }
  if (!fill(row, figures)) return row;
  if (!block_holds(config, w)) {
    add_speed(row, figures, w, {});
    return row;
  }
  SweepBlock block;
  BatchAxis{config, {&row.batch, 1}}.evaluate(w, figures, block);
  add_speed(row, block, 0, w);
  return row;
}

SweepRow sweep_row(const SweepConfig& config, const Workload& w, std::size_t point) {
  const LengthFigures figures = config.unsupported.empty() ? length_figures(config, w) : LengthFigures{};
  return sweep_row(config, figures, w, point);
}

SweepRow sweep_row(const SweepConfig& config, const SweepBlock& block, std::size_t i, const Workload& w,
                   std::size_t point) {
  SweepRow row = inputs(config, w, point);
  if (fill(row, block.length)) add_speed(row, block, i, w);
  return row;
}

}  // namespace roofcast
