#pragma once

#include <array>
#include <cmath>
#include <string_view>

#include "core/operator.hpp"
#include "core/roofline.hpp"

namespace roofcast {

/// How far the kernels of one engine on one generation of devices stay below the datasheet roofs, and what the
/// engine adds to each step. Fitted on serving runs (docs/model/serving.md); shares lie in (0, 1].
struct ServingPace {
  Seconds step_host{};           ///< scheduler, sampling, graph launch: once per step
  Seconds sequence_host{};       ///< detokenising, bookkeeping: per sequence of the batch
  Seconds kernel_launch{};       ///< start-up and tail of one projection, attention or elementwise kernel
  Seconds experts_launch{};      ///< routing, sorting and grouped products of one MoE layer
  Seconds all_reduce_latency{};  ///< of one layer's all-reduces
  double weight_bandwidth_share = 1;
  double cache_bandwidth_share = 1;
  double expert_bandwidth_share = 1;
  double compute_share = 1;
  double link_share = 1;
  double mixed_prefill_share = 1;  ///< of the prefill roof, for prompts that share steps with decoding
  double first_token_share = 1;    ///< of the prefill roof, for a prompt that is waited for
  Seconds first_token_host{};      ///< tokenising, HTTP, scheduling before the first token
  double first_token_queue = 0;    ///< prefills waited for, per sequence in flight
  double first_token_steps = 0;    ///< decode steps waited for

  friend bool operator==(const ServingPace&, const ServingPace&) = default;
};

/// What calibration files call a parameter of ServingPace, its unit, and the bounds within which it means something.
struct PaceField {
  std::string_view name;
  std::string_view unit;
  double least = 0;  ///< > 0: fitted by its logarithm
  double most = 0;
  double (*read)(const ServingPace&);         ///< in the field's unit
  void (*write)(ServingPace&, double value);  ///< likewise
};

inline constexpr std::size_t kPaceFields = 15;
[[nodiscard]] const std::array<PaceField, kPaceFields>& pace_fields();

/// What a pace says of one kind of kernel.
struct KernelPace {
  Seconds launch{};
  double bandwidth_share = 1;
  double compute_share = 1;
  double link_share = 1;
};
[[nodiscard]] KernelPace kernel_pace(OperatorKind kind, const ServingPace& pace);

/// A kernel's times at the shares of the roofs that it reaches.
[[nodiscard]] constexpr RoofTimes paced_times(const RoofTimes& roof, const KernelPace& k) {
  return {.memory = roof.memory / k.bandwidth_share,
          .compute = roof.compute / k.compute_share,
          .network = roof.network / k.link_share,
          .launch = k.launch.in(units::s)};
}
/// (S1) The root of squares behind a launch, s.
[[nodiscard]] inline double paced_time(const RoofTimes& t) {
  return t.launch + std::sqrt(t.memory * t.memory + t.compute * t.compute + t.network * t.network);
}

/// (S1) Time of one layer's operator: launch + sqrt((bytes / share of bandwidth)^2 + (flops / share of compute)^2),
/// links likewise. Never below the roofline (R1), as no share exceeds 1. The bound is the largest term.
[[nodiscard]] Timed paced(const Operator& op, const Cost& cost, const Roof& roof, const ServingPace& pace);

}  // namespace roofcast
