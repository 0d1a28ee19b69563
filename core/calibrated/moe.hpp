#pragma once

/// Time of the fused experts of one layer: docs/model/moe_calibration.md.

#include <array>
#include <string_view>

#include "core/calibrated/expert_load.hpp"
#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// What a fit finds for one kernel and format on one device. The values here are where fits start.
struct MoeParameters {
  double launch_us = 25;
  double bandwidth_share = 0.7;  ///< of the data sheet's
  double compute_share = 0.5;    ///< of the data sheet's, rows padded to tiles
  double expert_us = 0.1;        ///< of one expert that meets a token
  double pair_ns = 0.5;          ///< of one (token, expert) pair: gathering its row, adding its result
  double token_ns = 0.2;         ///< of one token of all devices, at a width of 4096: routing, quantising

  friend bool operator==(const MoeParameters&, const MoeParameters&) = default;

  static constexpr auto fields() {
    using P = MoeParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 2, 800},
                      ParameterField<P>{"bandwidth_share", "1", &P::bandwidth_share, 0.1, 1},
                      ParameterField<P>{"compute_share", "1", &P::compute_share, 0.01, 1},
                      ParameterField<P>{"expert_us", "us", &P::expert_us, 0.001, 20},
                      ParameterField<P>{"pair_ns", "ns", &P::pair_ns, 0.005, 60},
                      ParameterField<P>{"token_ns", "ns", &P::token_ns, 0.001, 100}};
  }
};

/// A call with the load that it means: the same whatever the parameters, and long to work out.
struct LoadedMoeCall {
  MoeCall call{};
  ExpertLoad load{};

  friend bool operator==(const LoadedMoeCall&, const LoadedMoeCall&) = default;
};
[[nodiscard]] LoadedMoeCall loaded(const MoeCall& call);

/// (E2)-(E4)
[[nodiscard]] KernelTerms moe_terms(const MoeParameters& p, const KernelSetting& setting, const LoadedMoeCall& call);

/// The form as generic code walks it.
struct MoeForm {
  using Call = LoadedMoeCall;
  using Parameters = MoeParameters;
  static constexpr std::string_view op = "moe";
  static constexpr std::array<std::string_view, 8> inputs{"tokens",  "hidden", "intermediate", "topk",
                                                          "experts", "tp",     "ep",           "skew"};
  [[nodiscard]] static std::array<double, 8> values(const Call& c) {
    return {c.call.tokens,  c.call.hidden, c.call.intermediate, c.call.top_k,
            c.call.experts, c.call.tp,     c.call.ep,           c.call.skew};
  }
  [[nodiscard]] static KernelTerms terms(const Parameters& p, const KernelSetting& setting, const Call& call) {
    return moe_terms(p, setting, call);
  }
};

}  // namespace roofcast
