#pragma once

/// Time of one matrix product: docs/model/gemm_calibration.md.

#include <array>
#include <string_view>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// What a fit finds for one engine and format on one device. The values here are where fits start.
struct GemmParameters {
  double launch_us = 3;
  double bandwidth_share = 0.85;          ///< of the data sheet's
  double compute_share = 0.7;             ///< of the data sheet's
  double cache_speed = 2;                 ///< last-level cache / memory bandwidth
  double stream_us = 2.5;                 ///< one tile on one unit, per 4096 of k
  double unsplit_k = 1000;                ///< k that is not cut further to fill idle units
  double tile_us = 0.5;                   ///< one tile on one unit: prologue, epilogue
  double quantise_token_ns = 2;           ///< of one activation row, where the format needs it
  double quantise_bandwidth_share = 0.4;  ///< of the data sheet's; above 1 where the cache serves it

  friend bool operator==(const GemmParameters&, const GemmParameters&) = default;

  static constexpr auto fields() {
    using P = GemmParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 0.5, 500},
                      ParameterField<P>{"bandwidth_share", "1", &P::bandwidth_share, 0.2, 1},
                      ParameterField<P>{"compute_share", "1", &P::compute_share, 0.02, 1},
                      ParameterField<P>{"cache_speed", "1", &P::cache_speed, 1, 8},
                      ParameterField<P>{"stream_us", "us", &P::stream_us, 0.05, 60},
                      ParameterField<P>{"unsplit_k", "1", &P::unsplit_k, 32, 131072},
                      ParameterField<P>{"tile_us", "us", &P::tile_us, 0.01, 20},
                      ParameterField<P>{"quantise_token_ns", "ns", &P::quantise_token_ns, 0.01, 60, true},
                      ParameterField<P>{"quantise_bandwidth_share", "1", &P::quantise_bandwidth_share, 0.02, 4, true}};
  }
};

/// (G1)-(G5)
[[nodiscard]] KernelTerms gemm_terms(const GemmParameters& p, const KernelSetting& setting, const GemmCall& call);

/// Whether a format's activations are quantised in front of the product: the optional parameters then hold.
[[nodiscard]] bool quantises_activations(const WeightFormat& format);

/// The form as generic code walks it.
struct GemmForm {
  using Call = GemmCall;
  using Parameters = GemmParameters;
  static constexpr std::string_view op = "gemm";
  static constexpr std::array<std::string_view, 3> inputs{"m", "n", "k"};
  [[nodiscard]] static std::array<double, 3> values(const Call& call) { return {call.m, call.n, call.k}; }
  [[nodiscard]] static KernelTerms terms(const Parameters& p, const KernelSetting& setting, const Call& call) {
    return gemm_terms(p, setting, call);
  }
};

}  // namespace roofcast
