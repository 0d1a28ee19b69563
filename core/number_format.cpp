#include "core/number_format.hpp"

#include <algorithm>
#include <array>

namespace roofcast {
namespace {

// bytes = bits/8 + (scale + zero point) / group; derivations in docs/model/memory.md (M2).
const std::array kWeightFormats{
    WeightFormat{"fp32", 4.0, Compute::fp32},
    WeightFormat{"bf16", 2.0, Compute::bf16},
    WeightFormat{"fp16", 2.0, Compute::bf16},
    WeightFormat{"half", 2.0, Compute::bf16},
    WeightFormat{"fp8", 1.0, Compute::fp8},                            // one scale per tensor: below 1e-6
    WeightFormat{"fp8_block", 1.0 + 4.0 / (128 * 128), Compute::fp8},  // fp32 scale per 128x128
    WeightFormat{"int8", 1.0, Compute::int8},
    WeightFormat{"sq", 1.0, Compute::int8},       // SmoothQuant w8a8
    WeightFormat{"int8_wo", 1.0, Compute::bf16},  // weight only: dequantised, multiplied in 16 bit
    WeightFormat{"int4_wo", 0.5 + 2.0 / 128, Compute::bf16},
    WeightFormat{"gptq", 0.5 + (2.0 + 0.5) / 128, Compute::bf16},
    WeightFormat{"awq", 0.5 + (2.0 + 0.5) / 128, Compute::bf16},
    WeightFormat{"int4_g32", 0.5 + 2.0 / 32, Compute::bf16},  // compressed-tensors pack-quantized
    WeightFormat{"nvfp4", 0.5 + 1.0 / 16, Compute::fp4},      // e4m3 scale per 16
    WeightFormat{"mxfp4", 0.5 + 1.0 / 32, Compute::bf16},     // e8m0 scale per 32, weight only
    WeightFormat{"w4a16_mxfp4", 0.5 + 1.0 / 32, Compute::bf16},
    WeightFormat{"w4a8_mxfp4_mxfp8", 0.5 + 1.0 / 32, Compute::fp8},
    WeightFormat{"nf4", 0.5 + 4.0 / 64, Compute::bf16},  // bitsandbytes, fp32 absmax per 64
    WeightFormat{"q8_0", 34.0 / 32, Compute::bf16},      // GGUF block formats: bytes / block
    WeightFormat{"q6_k", 210.0 / 256, Compute::bf16},
    WeightFormat{"q5_k", 176.0 / 256, Compute::bf16},
    WeightFormat{"q4_k", 144.0 / 256, Compute::bf16},
    WeightFormat{"q4_0", 18.0 / 32, Compute::bf16},
    WeightFormat{"q3_k", 110.0 / 256, Compute::bf16},
    WeightFormat{"q2_k", 84.0 / 256, Compute::bf16},
};

const std::array kKvFormats{
    KvFormat{"fp32", 4.0},       KvFormat{"bf16", 2.0},       KvFormat{"fp16", 2.0},
    KvFormat{"half", 2.0},       KvFormat{"fp8", 1.0},        KvFormat{"fp8_e4m3", 1.0},
    KvFormat{"fp8_e5m2", 1.0},   KvFormat{"int8", 1.0},       KvFormat{"nvfp4", 0.5 + 1.0 / 16},
    KvFormat{"q8_0", 34.0 / 32}, KvFormat{"q4_0", 18.0 / 32},
};

template <class Table>
auto find_by_name(const Table& table, std::string_view name) {
  using Format = typename Table::value_type;
  const auto it = std::ranges::find(table, name, &Format::name);
  return it == table.end() ? std::nullopt : std::optional<Format>{*it};
}

}  // namespace

std::string_view name(Compute compute) {
  switch (compute) {
    case Compute::fp32:
      return "fp32";
    case Compute::bf16:
      return "bf16";
    case Compute::fp8:
      return "fp8";
    case Compute::int8:
      return "int8";
    case Compute::fp4:
      return "fp4";
  }
  return "";
}

std::span<const WeightFormat> weight_formats() {
  return kWeightFormats;
}
std::span<const KvFormat> kv_formats() {
  return kKvFormats;
}
std::optional<WeightFormat> find_weight_format(std::string_view name) {
  return find_by_name(kWeightFormats, name);
}
std::optional<KvFormat> find_kv_format(std::string_view name) {
  return find_by_name(kKvFormats, name);
}

}  // namespace roofcast
