#include "hwmodels/import/hf_config_weight_format.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

namespace roofcast::hf {
namespace {

constexpr int kHalf = 2;  // bytes of a 16-bit scale

WeightFormat named(std::string_view name) {
  return find_weight_format(name).value_or(WeightFormat{});
}

/// Four-bit floats with a one-byte scale per group: NVFP4 has groups of 16, MXFP4 of 32.
WeightFormat four_bit_float(std::string_view name, int group, Compute compute) {
  return {std::string{name}, 0.5 + 1.0 / group, compute};
}

struct Algorithm {
  std::string_view name;
  std::string_view bytes_of;  ///< the core format it is stored like
  Compute compute;            ///< what its products run at
};

// Names of NVIDIA ModelOpt (modelopt/torch/export/quant_utils.py).
constexpr std::array kAlgorithms{
    Algorithm{"FP8", "fp8", Compute::fp8},
    Algorithm{"FP8_PER_CHANNEL_PER_TOKEN", "fp8", Compute::fp8},
    Algorithm{"FP8_PB_WO", "fp8_block", Compute::bf16},
    Algorithm{"NVFP4", "nvfp4", Compute::fp4},
    Algorithm{"NVFP4_AWQ", "nvfp4", Compute::fp4},
    Algorithm{"W4A16_NVFP4", "nvfp4", Compute::bf16},
    Algorithm{"W4A8_NVFP4_FP8", "nvfp4", Compute::fp8},
    Algorithm{"MXFP4", "mxfp4", Compute::bf16},
    Algorithm{"W4A8_MXFP4_FP8", "mxfp4", Compute::fp8},
    Algorithm{"INT8_SQ", "sq", Compute::int8},
    Algorithm{"W8A8_SQ_PER_CHANNEL", "sq", Compute::int8},
    Algorithm{"W8A16", "int8_wo", Compute::bf16},
    Algorithm{"W4A16_AWQ", "int4_wo", Compute::bf16},
    Algorithm{"W4A8_AWQ", "int4_wo", Compute::fp8},
};

/// Eight-bit floats with one fp32 scale per block of rows x columns.
WeightFormat fp8_blocks(int rows, int columns, Compute compute) {
  const double bytes = 1 + 4.0 / (static_cast<double>(rows) * columns);
  return {rows == 128 && columns == 128 ? "fp8_block" : fmt::format("fp8_block_{}x{}", rows, columns), bytes, compute};
}

}  // namespace

WeightFormat packed_integer(std::string_view method, int bits, int group) {
  const double bytes = bits / 8.0;
  // A group of -1 is a whole row: its scale weighs nothing.
  const double shared = group > 0 ? (kHalf + bytes) / group : 0;
  const bool usual = bits == 4 && group == 128;
  return {usual ? std::string{method} : fmt::format("{}_int{}_g{}", method, bits, group), bytes + shared,
          Compute::bf16};
}

std::optional<WeightFormat> modelopt_format(std::string_view algo, int group) {
  if (algo == "MXFP8") return WeightFormat{"mxfp8", 1 + 1.0 / (group > 0 ? group : 32), Compute::fp8};
  for (const auto& known : kAlgorithms) {
    if (known.name != algo) continue;
    auto format = named(known.bytes_of);
    if (format.compute != known.compute) format.name += fmt::format("_{}", name(known.compute));
    format.compute = known.compute;
    if (group > 0 && known.bytes_of == "nvfp4") format.bytes_per_weight = 0.5 + 1.0 / group;
    if (group > 0 && known.bytes_of == "mxfp4") format.bytes_per_weight = 0.5 + 1.0 / group;
    if (group > 0 && known.bytes_of == "int4_wo") format.bytes_per_weight = 0.5 + double(kHalf) / group;
    return format;
  }
  return std::nullopt;
}

WeightFormat fp8_format(const ConfigObject& settings) {
  if (!settings.has("weight_block_size")) return named("fp8");
  const auto block = settings.counts("weight_block_size", {1, 65'536});
  if (block.size() != 2) {
    settings.error("weight_block_size", fmt::format("{} numbers where rows and columns were expected", block.size()));
    return named("fp8");
  }
  return fp8_blocks(block[0], block[1], Compute::fp8);
}

WeightFormat compressed_format(const ConfigObject& group, std::string_view format, const WeightFormat& plain) {
  const auto weights = group.object("weights");
  const bool activations = group.object("input_activations").exists();
  if (!weights.exists()) return plain;
  const int bits = weights.required({"num_bits"}, {1, 32});
  const auto type = weights.text("type").value_or("int");
  const auto strategy = weights.text("strategy").value_or("");
  const int size = weights.count({"group_size"}, {-1, 1'000'000}).value_or(-1);
  const bool symmetric = weights.flag("symmetric", true);

  if (type == "float" && bits == 8) {
    if (format.starts_with("mxfp8")) return *modelopt_format("MXFP8", 0);
    const auto block = weights.counts("block_structure", {1, 65'536});
    const auto compute = activations ? Compute::fp8 : Compute::bf16;
    if (strategy == "block" && block.size() == 2) return fp8_blocks(block[0], block[1], compute);
    return {activations ? "fp8" : "fp8_wo", 1.0, compute};
  }
  if (type == "float" && bits == 4 && size > 0) {
    const bool nv = size == 16;  // one e4m3 scale per 16 weights; MXFP4 has one e8m0 per 32
    if (nv)
      return four_bit_float(activations ? "nvfp4" : "nvfp4_bf16", size, activations ? Compute::fp4 : Compute::bf16);
    return four_bit_float(size == 32 ? "mxfp4" : fmt::format("fp4_g{}", size), size, Compute::bf16);
  }
  if (type == "int" && bits == 8)
    return {size > 0      ? fmt::format("int8_g{}", size)
            : activations ? "int8"
                          : "int8_wo",
            1.0 + (size > 0 ? double(kHalf) / size : 0), activations ? Compute::int8 : Compute::bf16};
  if (type == "int" && (bits == 4 || bits == 3 || bits == 2)) {
    const double bytes = bits / 8.0, shared = size > 0 ? (kHalf + (symmetric ? 0 : bytes)) / size : 0;
    return {size > 0 ? fmt::format("int{}_g{}", bits, size) : fmt::format("int{}", bits), bytes + shared,
            activations ? Compute::int8 : Compute::bf16};
  }
  weights.error("num_bits", fmt::format("{} bits of type '{:.60}' in groups of {} are not supported", bits, type, size),
                "supported: float 4 and 8, int 2, 3, 4 and 8");
  return plain;
}

WeightFormat bitsandbytes_format(const ConfigObject& settings, const WeightFormat& plain) {
  // An absmax per 64 weights: fp32, or 8 bit with an fp32 of their own per 256.
  if (settings.flag("load_in_4bit", false)) {
    const bool twice = settings.flag("bnb_4bit_use_double_quant", false);
    const auto kind = settings.text("bnb_4bit_quant_type").value_or("fp4");
    if (kind != "nf4" && kind != "fp4")
      settings.error("bnb_4bit_quant_type", fmt::format("'{:.60}' is not supported", kind), "supported: nf4, fp4");
    const double scale = twice ? 1.0 / 64 + 4.0 / (64 * 256) : 4.0 / 64;
    return {twice ? kind + "_double" : kind, 0.5 + scale, Compute::bf16};
  }
  if (settings.flag("load_in_8bit", false)) return named("int8_wo");
  settings.error("load_in_4bit", "neither load_in_4bit nor load_in_8bit is true");
  return plain;
}

}  // namespace roofcast::hf
