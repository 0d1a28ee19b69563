#include "core/sweep_block.hpp"

#include <algorithm>
#include <limits>

#include "core/serving_times.hpp"

// Compiled as decode_tile.cpp is: loops become vector code.

namespace roofcast {

void SweepBlock::resize(std::size_t batches) {
  for (auto* column : {&low, &high, &tpot, &ttft, &tokens_s_user, &tokens_s, &tokens_s_gpu}) column->resize(batches);
}

bool block_holds(const SweepConfig& config, const Workload& w) {
  const StepPlan& plan = config.compiled.plan;
  const DeviceRoofs& roofs = config.compiled.roofs;
  const auto instant = [&](OperatorKind kind) { return roofs.link_of(kind).latency <= Seconds{}; };
  const bool no_latency = instant(OperatorKind::all_reduce) && instant(OperatorKind::send) &&
                          instant(OperatorKind::all_to_all) && instant(OperatorKind::context_exchange);
  const bool even = std::ranges::all_of(
      plan.operators, [](const Operator& op) { return op.imbalance == 1 && op.largest_deviation <= 0; });
  return plan.queries == 1 && plan.draft.empty() && plan.overlap == Overlap::none && no_latency && even &&
         config.scenario.deployment.prefill == 0 && !w.requests_s && !w.isl_lengths && !w.osl_lengths;
}

BatchAxis::BatchAxis(const SweepConfig& config, std::span<const double> batches)
    : config_{&config},
      batches_(batches.begin(), batches.end()),
      columns_{config.compiled.plan, config.compiled.roofs, batches} {}

void BatchAxis::evaluate(const Workload& w, const LengthFigures& length, SweepBlock& out) const {
  out.length = length;
  out.resize(batches_.size());
  columns_.evaluate(w.step_context(), out.step);
  add_range(w.full_length(), out);
  if (w.isl && w.osl) {
    add_stream(w, out);
  } else {
    out.tpot = out.step.time;
    std::ranges::fill(out.ttft, length.prefill.in(units::s));
  }

  const Deployment& d = config_->scenario.deployment;
  const double replicas = d.dp, gpus = d.tp * d.pp;
  const std::size_t size = batches_.size();
  const double* __restrict batch = batches_.data();
  const double* __restrict tpot = out.tpot.data();
  double* __restrict user = out.tokens_s_user.data();
  double* __restrict all = out.tokens_s.data();
  double* __restrict gpu = out.tokens_s_gpu.data();
  for (std::size_t i = 0; i < size; ++i) {
    user[i] = 1 / tpot[i];
    const double replica = batch[i] * user[i];
    all[i] = replicas * replica;
    gpu[i] = replica / gpus;
  }
}

void BatchAxis::add_range(double tokens, SweepBlock& out) const {
  const std::optional<ServingFit>& fit = config_->compiled.fit;
  if (!fit) {
    out.low = out.step.time;
    std::ranges::fill(out.high, std::numeric_limits<double>::infinity());
    return;
  }
  const std::size_t size = batches_.size();
  const double* __restrict time = out.step.time.data();
  const double* __restrict roof = out.step.roof.data();
  double* __restrict low = out.low.data();
  double* __restrict high = out.high.data();
  for (std::size_t i = 0; i < size; ++i) {
    const RatioBand band = step_band(*fit, batches_[i], tokens);
    low[i] = band.low;
    high[i] = band.high;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const TimeSpan range = time_span({low[i], high[i]}, time[i], roof[i]);
    low[i] = range.low;
    high[i] = range.high;
  }
}

void BatchAxis::add_stream(const Workload& w, SweepBlock& out) const {
  const CompiledScenario& c = config_->compiled;
  const ServingPace pace = c.roofs.pace.value_or(ServingPace{});
  const double prompt = out.length.prefill_roof.in(units::s), osl = *w.osl;
  const std::size_t size = batches_.size();
  const double* __restrict batch = batches_.data();
  const double* __restrict step = out.step.time.data();
  double* __restrict tpot = out.tpot.data();
  double* __restrict ttft = out.ttft.data();
  // Whatever fits at full length decodes together: all of the batch is in flight.
  for (std::size_t i = 0; i < size; ++i) {
    const StreamTimes t = stream_times(pace, prompt, osl, batch[i], batch[i], step[i]);
    tpot[i] = t.tpot;
    ttft[i] = t.ttft;
  }
}

std::vector<SweepBlock> sweep_blocks(const SweepConfig& config, std::span<const double> contexts,
                                     std::span<const double> batches) {
  const BatchAxis axis{config, batches};
  std::vector<SweepBlock> blocks(contexts.size());
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    Workload w = config.scenario.workload;
    w.context = contexts[i];
    axis.evaluate(w, length_figures(config, w), blocks[i]);
  }
  return blocks;
}

}  // namespace roofcast
