#pragma once

/// How numbers are stored (bytes per weight, bytes per cache element) and multiplied (which peak).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/units.hpp"

namespace roofcast {

/// The tensor-core (or vector) rate that a matrix product runs at.
enum class Compute { fp32, bf16, fp8, int8, fp4 };

[[nodiscard]] std::string_view name(Compute compute);

/// Stored size of one weight with its scales and zero points, and the rate its product runs at.
/// GGUF and safetensors imports make their own: bytes = tensor bytes / tensor elements.
struct WeightFormat {
  std::string name = "bf16";
  double bytes_per_weight = 2.0;
  Compute compute = Compute::bf16;

  friend bool operator==(const WeightFormat&, const WeightFormat&) = default;
};

/// One matrix that is stored unlike the rest of its module: NVIDIA's DeepSeek-V3.1-NVFP4 quantises o_proj and
/// no other matrix of the attention.
struct MatrixFormat {
  std::string matrix{};  ///< Projection::name: "o_proj"
  WeightFormat format{};

  friend bool operator==(const MatrixFormat&, const MatrixFormat&) = default;
};

/// One format per kind of module: checkpoints quantise experts and leave routers and heads in 16 bit.
struct ModuleFormats {
  WeightFormat attention{};
  WeightFormat mlp{};      ///< dense MLP and shared experts
  WeightFormat experts{};  ///< routed experts
  std::vector<MatrixFormat> exceptions{};

  friend bool operator==(const ModuleFormats&, const ModuleFormats&) = default;
};

/// Element type of the KV cache.
struct KvFormat {
  std::string name = "bf16";
  double bytes_per_element = 2.0;

  friend bool operator==(const KvFormat&, const KvFormat&) = default;
};

/// The named formats, e.g. for `--weight-dtype` and "did you mean". Sources: docs/model/memory.md (M2).
[[nodiscard]] std::span<const WeightFormat> weight_formats();
[[nodiscard]] std::span<const KvFormat> kv_formats();
[[nodiscard]] std::optional<WeightFormat> find_weight_format(std::string_view name);
[[nodiscard]] std::optional<KvFormat> find_kv_format(std::string_view name);

}  // namespace roofcast
