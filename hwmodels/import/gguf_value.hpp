#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "hwmodels/import/byte_reader.hpp"

namespace roofcast {

/// An array that is only counted (tokens, merges, scores), or a text that is too long to keep.
struct GgufArray {
  std::uint32_t element_type = 0;
  std::uint64_t count = 0;

  friend bool operator==(const GgufArray&, const GgufArray&) = default;
};

/// A metadata value. Integer and bool arrays are kept (they describe layers), other arrays are counted;
/// unsigned integers beyond 2^63 arrive as doubles.
using GgufValue = std::variant<std::int64_t, double, bool, std::string, std::vector<std::int64_t>, GgufArray>;

/// Reads a value's type and the value. Problems end up in `reader`.
[[nodiscard]] GgufValue read_gguf_value(ByteReader& reader);

}  // namespace roofcast
