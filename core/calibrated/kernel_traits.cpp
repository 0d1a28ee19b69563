#include "core/calibrated/kernel_traits.hpp"

namespace roofcast {
namespace {

constexpr double kMostGroupedRows = 32;  // TensorRT-LLM's tensor-core kernels take no more query heads per KV head

/// Parts with the tensor memory that TensorRT-LLM's generated kernels are written for: datacenter Blackwell.
bool has_tensor_memory(const Device& device) {
  return device.vendor == "NVIDIA" && device.peaks.fp4 && device.memory_type.starts_with("HBM");
}

bool is_intel(const Device& device) {
  return device.vendor == "Intel";
}

}  // namespace

std::string attention_variant(const AttentionKernelLabel& label, const Device& device, double group) {
  if (label.kernel == "torch_flow") {
    const bool generated = has_tensor_memory(device);
    if (group > kMostGroupedRows || (group == 1 && !generated)) return "mmha";
    return generated ? "trtllm_gen" : "xqa";
  }
  if (label.framework != "sglang") return {};
  if (label.kernel == "triton") return group == 1 ? "normal" : "grouped";
  if (label.kernel == "flashinfer" && label.cache_dtype == "bf16") return group < 4 ? "cuda_core" : "tensor_core";
  return {};
}

DecodeAttentionTraits decode_attention_traits(const AttentionKernelLabel& label, std::string_view variant,
                                              const Device& device) {
  // Designated initialisers name what differs from a kernel on general cores. Matrix units take 16 query heads at once
  // where nothing else is known.
  constexpr double kTileRows = 16;
  if (variant == "mmha") return {.query_tile = 1, .whole_waves = 1};
  if (variant == "xqa") return {.plans_on_context = 1, .product_rows = 8, .item_rows = 8};
  if (variant == "trtllm_gen") return {.query_tile = 16, .product_rows = 8, .item_rows = 8};
  if (variant == "normal") return {.query_tile = 16, .whole_splits = 1};
  if (variant == "grouped") return {.query_tile = 16, .product_rows = kTileRows, .item_rows = kTileRows};
  if (variant == "cuda_core") return {};
  if (label.kernel == "vllm_flash_attn_fa2")
    return {.packs_windowed = 0, .splits_single = 0, .product_rows = 64, .whole_splits = 1};
  if (label.kernel == "flash_attention") return {.product_rows = 64, .whole_splits = 1};
  if (label.kernel == "vllm_flash_attn") {
    if (!is_intel(device)) return {.splits_single = 0, .product_rows = 64, .whole_waves = 1};
    if (label.cache_dtype == "fp8") return {.packs_windowed = 0};
    return {.split_least_tokens = 8192};
  }
  DecodeAttentionTraits tiled{.product_rows = kTileRows, .item_rows = kTileRows};
  if (label.kernel == "vllm_triton_attn") {
    tiled.query_tile = 16;
    tiled.plans_on_context = 1;
    tiled.split_most_items = 128;
  }
  if (label.kernel == "vllm_flash_attn_fa3") tiled.window_margin = 128;
  if (label.kernel == "vllm_flash_attn_fa4") tiled.split_most_batch = 992;
  return tiled;
}

bool repacks_query_heads(const AttentionKernelLabel& label, const Device& device) {
  return label.kernel == "vllm_flash_attn" && !is_intel(device);
}

}  // namespace roofcast
