#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace roofcast {

/// How ggml stores tensors of one type: blocks of `block` weights in `bytes` bytes.
struct GgmlType {
  std::uint32_t id = 0;
  std::string_view name{};  ///< "q4_k"
  std::uint32_t block = 1;
  std::uint32_t bytes = 0;

  friend bool operator==(const GgmlType&, const GgmlType&) = default;
};

/// The types that model files hold. Sizes: gguf 0.19 constants.py, block structs of ggml-common.h.
[[nodiscard]] std::span<const GgmlType> ggml_types();
/// nullptr for an id that is not known, withdrawn (4, 5, 31-33, 36-38) or never stored (q8_1: 9).
[[nodiscard]] const GgmlType* find_ggml_type(std::uint32_t id);

/// Bytes of a tensor of `rows` rows of `columns` weights; nullopt where a row is not a whole number of
/// blocks or the size does not fit 63 bits.
[[nodiscard]] std::optional<std::uint64_t> tensor_bytes(const GgmlType& type, std::uint64_t columns,
                                                        std::uint64_t rows);

}  // namespace roofcast
