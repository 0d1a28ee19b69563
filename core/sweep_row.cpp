#include "core/sweep_row.hpp"

#include <algorithm>
#include <cmath>

#include "core/estimate.hpp"

namespace roofcast {
namespace {

bool breaks_slo(const SweepRow& row, const Workload& w) {
  return (w.tpot_slo && row.felt.tpot > *w.tpot_slo) || (w.ttft_slo && row.felt.ttft > *w.ttft_slo);
}

void add_speed(SweepRow& row, const SweepBlock& block, std::size_t i, const Workload& w) {
  const Scenario& s = row.config->scenario;
  row.step = block.step.at(i);
  row.prefill = block.length.prefill;
  row.felt = {.tpot = Seconds{block.tpot[i]}, .ttft = Seconds{block.ttft[i]}};
  row.tokens_s_user = block.tokens_s_user[i];
  row.tokens_s = block.tokens_s[i];
  row.tokens_s_gpu = block.tokens_s_gpu[i];
  row.grade = time_grade(row.config->compiled, row.batch, row.context);
  row.step_range.low = Seconds{block.low[i]};
  if (std::isfinite(block.high[i])) row.step_range.high = Seconds{block.high[i]};
  if (breaks_slo(row, w)) row.status = PointStatus::slo;
  const double price = s.price_usd_hour.value_or(s.device.price_usd_hour);
  if (price > 0) row.usd_mtok = price / (row.tokens_s_gpu * 3600) * 1e6;
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
          .batch = static_cast<double>(w.batch.value_or(0))};
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
  if (!w.batch) {
    const auto slo = slo_batch(w, config.compiled);
    row.batch = largest_batch(figures.max_batch_memory, slo ? std::optional{slo->batch} : std::nullopt);
  }
  if (!fill(row, figures)) return row;
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
