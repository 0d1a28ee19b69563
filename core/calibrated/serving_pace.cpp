#include "core/calibrated/serving_pace.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast {
namespace {

template <Seconds ServingPace::*Member>
constexpr PaceField microseconds(std::string_view name, double most) {
  return {name,
          "us",
          1e-3,
          most,
          [](const ServingPace& p) { return (p.*Member).in(units::us); },
          [](ServingPace& p, double value) { p.*Member = value * units::us; }};
}

template <double ServingPace::*Member>
constexpr PaceField number(std::string_view name, std::string_view unit, double least, double most) {
  return {name,
          unit,
          least,
          most,
          [](const ServingPace& p) { return p.*Member; },
          [](ServingPace& p, double value) { p.*Member = value; }};
}

/// Which launch and which share of the memory roof a kernel has.
struct Kernel {
  Seconds launch{};
  double bandwidth_share = 1;
};

Kernel kernel(OperatorKind kind, const ServingPace& p) {
  switch (kind) {
    case OperatorKind::experts:
      return {p.experts_launch, p.expert_bandwidth_share};
    case OperatorKind::attention:
    case OperatorKind::latent_attention:
    case OperatorKind::indexer:
    case OperatorKind::state_update:
      return {p.kernel_launch, p.cache_bandwidth_share};
    case OperatorKind::all_reduce:
    case OperatorKind::all_to_all:
      return {p.all_reduce_latency, p.weight_bandwidth_share};
    case OperatorKind::gemm:
    case OperatorKind::elementwise:
    case OperatorKind::send:
      break;
  }
  return {p.kernel_launch, p.weight_bandwidth_share};
}

}  // namespace

const std::array<PaceField, kPaceFields>& pace_fields() {
  static constexpr std::array<PaceField, kPaceFields> kFields{
      microseconds<&ServingPace::step_host>("step_host", 20'000),
      microseconds<&ServingPace::sequence_host>("sequence_host", 100),
      microseconds<&ServingPace::kernel_launch>("kernel_launch", 20),
      microseconds<&ServingPace::experts_launch>("experts_launch", 300),
      microseconds<&ServingPace::all_reduce_latency>("all_reduce_latency", 200),
      number<&ServingPace::weight_bandwidth_share>("weight_bandwidth_share", "1", 0.3, 1),
      // Serving runs of short contexts hardly see it; kernels measured alone reach this much of HBM.
      number<&ServingPace::cache_bandwidth_share>("cache_bandwidth_share", "1", 0.8, 0.95),
      number<&ServingPace::expert_bandwidth_share>("expert_bandwidth_share", "1", 0.1, 1),
      number<&ServingPace::compute_share>("compute_share", "1", 0.1, 1),
      number<&ServingPace::link_share>("link_share", "1", 0.05, 1),
      number<&ServingPace::mixed_prefill_share>("mixed_prefill_share", "1", 0.05, 1),
      number<&ServingPace::first_token_share>("first_token_share", "1", 0.02, 1),
      microseconds<&ServingPace::first_token_host>("first_token_host", 500'000),
      number<&ServingPace::first_token_queue>("first_token_queue", "prompts per sequence", 1e-4, 2),
      number<&ServingPace::first_token_steps>("first_token_steps", "steps", 1e-3, 50)};
  return kFields;
}

Timed paced(const Operator& op, const Cost& cost, const Roof& roof, const ServingPace& pace) {
  const Kernel k = kernel(op.kind, pace);
  const double memory = cost.bytes > Bytes{} ? (cost.bytes / roof.bandwidth).in(units::s) / k.bandwidth_share : 0;
  const double compute = cost.flops > Flops{} ? (cost.flops / roof.compute).in(units::s) / pace.compute_share : 0;
  const double network = cost.network > Bytes{} ? (cost.network / roof.link).in(units::s) / pace.link_share : 0;
  const double launch = k.launch.in(units::s);
  Timed t{(launch + std::sqrt(memory * memory + compute * compute + network * network)) * units::s, Bound::memory};
  const double most = std::max({launch, memory, compute, network});
  if (most == launch && launch > 0) t.bound = Bound::overhead;
  if (most == network && network > 0) t.bound = Bound::network;
  if (most == compute && compute > 0) t.bound = Bound::compute;
  if (most == memory && memory > 0) t.bound = Bound::memory;
  return t;
}

}  // namespace roofcast
