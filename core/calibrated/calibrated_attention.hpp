#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/calibrated/decode_attention.hpp"
#include "core/calibrated/residual_interval.hpp"
#include "core/calibration.hpp"
#include "core/result.hpp"

namespace roofcast {

/// What a calibration knows of the calls it was fitted on.
inline constexpr std::array<std::string_view, 6> kDecodeAttentionInputs{"batch",    "context_tokens", "heads",
                                                                        "kv_heads", "head_dim",       "window_tokens"};
using DecodeAttentionInputs = std::array<double, kDecodeAttentionInputs.size()>;
[[nodiscard]] DecodeAttentionInputs decode_attention_inputs(const DecodeAttentionCall& call);

/// Where the form is better or worse than on average, found on held-out rows of all kernels together:
/// launches repeat well, memory streams are predictable, the cache's edge is not.
inline constexpr std::array<IntervalFeature, 6> kDecodeAttentionFeatures{
    IntervalFeature{"launch_share", -0.4},     // of the time: launch and combining
    IntervalFeature{"cache_edge", 1},          // 4 x (1 - x) of the share x that the cache serves
    IntervalFeature{"memory_share", -0.6},     // of the time: bytes that come from memory
    IntervalFeature{"crowding", 0.5},          // log2(1 + work items per unit / 16)
    IntervalFeature{"few_sequences", 0.3},     // 1 / batch
    IntervalFeature{"octaves_outside", 0.1}};  // of all inputs, beyond the rows of the fit
using DecodeAttentionFeatures = std::array<double, kDecodeAttentionFeatures.size()>;
[[nodiscard]] DecodeAttentionFeatures decode_attention_features(const DecodeAttentionTime& time,
                                                                const DecodeAttentionCall& call,
                                                                double octaves_outside);

/// A decode-attention calibration, checked and ready for use.
struct CalibratedDecodeAttention {
  DecodeAttentionKernel kernel{};
  DecodeAttentionInputs least{};
  DecodeAttentionInputs most{};
  ResidualInterval<kDecodeAttentionFeatures.size()> interval{};
  double widening = 1;  ///< of the interval: above 1 where the figures are a relative's

  friend bool operator==(const CalibratedDecodeAttention&, const CalibratedDecodeAttention&) = default;
};

/// Everything that is wrong with a calibration, all at once.
[[nodiscard]] Result<CalibratedDecodeAttention> calibrated_decode_attention(const Calibration& calibration);

/// Octaves by which the inputs of a call lie outside the rows of the fit, added up.
[[nodiscard]] double octaves_outside(const CalibratedDecodeAttention& calibrated, const DecodeAttentionCall& call);

/// Time, interval and grade: `extrapolated` outside the rows of the fit and for borrowed figures.
[[nodiscard]] CalibratedTime predicted(const CalibratedDecodeAttention& calibrated, const Machine& machine,
                                       const DecodeAttentionCall& call, CacheReuse reuse);

}  // namespace roofcast
