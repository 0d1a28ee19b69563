#pragma once

#include <string>
#include <string_view>

#include "core/calibrated/decode_attention.hpp"
#include "core/device.hpp"

namespace roofcast {

/// A decode-attention kernel as measurement files label it.
struct AttentionKernelLabel {
  std::string framework{};    ///< "vllm", "sglang", "trtllm"
  std::string kernel{};       ///< as the framework calls it
  std::string cache_dtype{};  ///< "bf16", "fp8"

  friend bool operator==(const AttentionKernelLabel&, const AttentionKernelLabel&) = default;
};

/// One label may stand for two kernels: which of them a call gets on a device, by what the engines' sources
/// say. Empty: the label stands for one. `group` = query heads per KV head.
[[nodiscard]] std::string attention_variant(const AttentionKernelLabel& label, const Device& device, double group);

/// What is known of a decode kernel's work split. Unknown kernels get the defaults.
[[nodiscard]] DecodeAttentionTraits decode_attention_traits(const AttentionKernelLabel& label, std::string_view variant,
                                                            const Device& device);

/// Whether packing query heads is a launch of its own there: `repack_us` is then fitted.
[[nodiscard]] bool repacks_query_heads(const AttentionKernelLabel& label, const Device& device);

}  // namespace roofcast
