#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// An element type of the format. Sub-byte elements are packed without gaps.
struct SafetensorsType {
  std::string_view name{};  ///< "BF16"
  std::uint32_t bits = 0;

  friend bool operator==(const SafetensorsType&, const SafetensorsType&) = default;
};
[[nodiscard]] const SafetensorsType* find_safetensors_type(std::string_view name);

struct SafetensorsTensor {
  std::string name{};
  SafetensorsType type{};
  std::vector<std::uint64_t> shape{};
  std::uint64_t begin = 0;  ///< from the start of the data
  std::uint64_t end = 0;
  std::uint64_t elements = 0;

  [[nodiscard]] std::uint64_t bytes() const { return end - begin; }
};

struct SafetensorsHeader {
  std::vector<SafetensorsTensor> tensors{};
  std::uint64_t data_bytes = 0;
};

/// Reads and checks the header of a file of `file_bytes` bytes: sizes follow from types and shapes, and
/// the tensors cover the data without gaps or overlaps, as the format demands. The data are not read.
[[nodiscard]] Result<SafetensorsHeader> parse_safetensors_header(std::istream& in, std::uint64_t file_bytes,
                                                                 const std::string& origin);
[[nodiscard]] Result<SafetensorsHeader> read_safetensors_header(const std::filesystem::path& file);

}  // namespace roofcast
