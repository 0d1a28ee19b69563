#pragma once

/// Time of one call of decode attention on a latent cache: docs/model/mla_calibration.md.

#include <array>
#include <string_view>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// What a fit finds for one kernel on one device. The values here are where fits start.
struct MlaDecodeParameters {
  double launch_us = 12;
  double bandwidth_share = 0.8;  ///< of the data sheet's
  double compute_share = 0.4;    ///< of the data sheet's, heads padded
  double padded_heads = 16;      ///< that few heads are padded to
  double cache_reach = 0.7;      ///< share of the last-level cache that stays between calls
  double item_us = 3;            ///< one sequence on one unit: prologue, epilogue
  double item_head_us = 0.02;    ///< the same per query head
  double unit_stream_gb_s = 40;  ///< that one unit can read
  double most_splits = 16;       ///< parts of one context
  double split_us = 4;           ///< combining them, at a context of 65536

  friend bool operator==(const MlaDecodeParameters&, const MlaDecodeParameters&) = default;

  static constexpr auto fields() {
    using P = MlaDecodeParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 2, 200},
                      ParameterField<P>{"bandwidth_share", "1", &P::bandwidth_share, 0.05, 1},
                      ParameterField<P>{"compute_share", "1", &P::compute_share, 0.005, 1},
                      ParameterField<P>{"padded_heads", "1", &P::padded_heads, 1, 64},
                      ParameterField<P>{"cache_reach", "1", &P::cache_reach, 0.1, 3},
                      ParameterField<P>{"item_us", "us", &P::item_us, 0.02, 300},
                      ParameterField<P>{"item_head_us", "us", &P::item_head_us, 1e-4, 5},
                      ParameterField<P>{"unit_stream_gb_s", "GB/s", &P::unit_stream_gb_s, 1, 2000},
                      ParameterField<P>{"most_splits", "1", &P::most_splits, 1, 512},
                      ParameterField<P>{"split_us", "us", &P::split_us, 0.01, 150}};
  }
};

/// (Q1)-(Q5)
[[nodiscard]] KernelTerms mla_decode_terms(const MlaDecodeParameters& p, const KernelSetting& setting,
                                           const MlaDecodeCall& call);

/// The form as generic code walks it.
struct MlaDecodeForm {
  using Call = MlaDecodeCall;
  using Parameters = MlaDecodeParameters;
  static constexpr std::string_view op = "mla_decode";
  static constexpr std::array<std::string_view, 5> inputs{"batch", "context_tokens", "heads", "kv_lora_rank",
                                                          "rope_dim"};
  [[nodiscard]] static std::array<double, 5> values(const Call& c) {
    return {c.batch, c.context, c.heads, c.latent, c.rope};
  }
  [[nodiscard]] static KernelTerms terms(const Parameters& p, const KernelSetting& setting, const Call& call) {
    return mla_decode_terms(p, setting, call);
  }
};

}  // namespace roofcast
