#pragma once

/// Time of one call of prompt attention: docs/model/prefill_calibration.md.

#include <array>
#include <string_view>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// What a fit finds for one kernel on one device. The values here are where fits start.
struct PrefillAttentionParameters {
  double launch_us = 10;
  double bandwidth_share = 0.6;     ///< of the data sheet's
  double compute_share = 0.5;       ///< of the data sheet's, with heads of 128 and long prompts
  double compute_per_doubling = 1;  ///< factor on it when heads double in size
  double ramp_tokens = 100;         ///< attended tokens at which products run at half that rate
  double item_us = 1.5;             ///< one tile of queries on one unit, with heads of 128
  double item_per_doubling = 1;     ///< factor on it when heads double in size
  double stream_us = 8;             ///< one tile of queries, per 1024 tokens that it attends, with heads of 128
  double token_ns = 0.5;            ///< of one prompt token: rotating, writing to the cache
  double masked_share = 0.05;       ///< of the products behind a window, computed all the same

  friend bool operator==(const PrefillAttentionParameters&, const PrefillAttentionParameters&) = default;

  static constexpr auto fields() {
    using P = PrefillAttentionParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 1, 500},
                      ParameterField<P>{"bandwidth_share", "1", &P::bandwidth_share, 0.05, 1},
                      ParameterField<P>{"compute_share", "1", &P::compute_share, 0.005, 1},
                      ParameterField<P>{"compute_per_doubling", "1", &P::compute_per_doubling, 0.2, 5},
                      ParameterField<P>{"ramp_tokens", "tokens", &P::ramp_tokens, 1, 20000},
                      ParameterField<P>{"item_us", "us", &P::item_us, 0.01, 100},
                      ParameterField<P>{"item_per_doubling", "1", &P::item_per_doubling, 0.1, 10},
                      ParameterField<P>{"stream_us", "us", &P::stream_us, 0.01, 300},
                      ParameterField<P>{"token_ns", "ns", &P::token_ns, 0.005, 100},
                      ParameterField<P>{"masked_share", "1", &P::masked_share, 0.001, 1}};
  }
};

/// (P1)-(P4)
[[nodiscard]] KernelTerms prefill_attention_terms(const PrefillAttentionParameters& p, const KernelSetting& setting,
                                                  const PrefillAttentionCall& call);

/// The form as generic code walks it.
struct PrefillAttentionForm {
  using Call = PrefillAttentionCall;
  using Parameters = PrefillAttentionParameters;
  static constexpr std::string_view op = "prefill_attention";
  static constexpr std::array<std::string_view, 6> inputs{"batch",    "isl_tokens", "heads",
                                                          "kv_heads", "head_dim",   "window_tokens"};
  [[nodiscard]] static std::array<double, 6> values(const Call& c) {
    return {c.batch, c.tokens, c.heads, c.kv_heads, c.head_dim, c.window};
  }
  [[nodiscard]] static KernelTerms terms(const Parameters& p, const KernelSetting& setting, const Call& call) {
    return prefill_attention_terms(p, setting, call);
  }
};

}  // namespace roofcast
