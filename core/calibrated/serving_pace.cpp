#include "core/calibrated/serving_pace.hpp"

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

KernelPace kernel_pace(OperatorKind kind, const ServingPace& p) {
  KernelPace k{.launch = p.kernel_launch,
               .bandwidth_share = p.weight_bandwidth_share,
               .compute_share = p.compute_share,
               .link_share = p.link_share};
  switch (kind) {
    case OperatorKind::experts:
      k.launch = p.experts_launch;
      k.bandwidth_share = p.expert_bandwidth_share;
      break;
    case OperatorKind::attention:
    case OperatorKind::latent_attention:
    case OperatorKind::indexer:
    case OperatorKind::state_update:
      k.bandwidth_share = p.cache_bandwidth_share;
      break;
    case OperatorKind::all_reduce:
    case OperatorKind::all_to_all:
    case OperatorKind::context_exchange:
      k.launch = p.all_reduce_latency;
      break;
    case OperatorKind::gemm:
    case OperatorKind::elementwise:
    case OperatorKind::send:
      break;
  }
  return k;
}

Timed paced(const Operator& op, const Cost& cost, const Roof& roof, const ServingPace& pace) {
  const RoofTimes t = paced_times(roof_times(cost, roof), kernel_pace(op.kind, pace));
  return {paced_time(t) * units::s, bound_of(t.holder())};
}

}  // namespace roofcast
