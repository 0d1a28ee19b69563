#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/import/ggml_types.hpp"
#include "hwmodels/import/gguf_value.hpp"

namespace roofcast {

using GgufMetadata = std::map<std::string, GgufValue, std::less<>>;

struct GgufTensor {
  std::string name{};
  std::vector<std::uint64_t> dims{};  ///< fastest first: [columns][rows]..., 1 to 4 of them
  GgmlType type{};
  std::uint64_t offset = 0;  ///< from the start of the data
  std::uint64_t elements = 0;
  std::uint64_t bytes = 0;
};

/// What a GGUF file says before its data (docs/model/memory.md, M2). `tensors` of split files are put
/// together by gguf_parts.
struct GgufHeader {
  std::uint32_t version = 0;
  GgufMetadata metadata{};
  std::vector<GgufTensor> tensors{};
};

/// Reads and checks the header of a file of `file_bytes` bytes: no count or length is believed before it
/// is held against the bytes left; tensors must lie in the file, aligned, apart. `origin` labels errors.
[[nodiscard]] Result<GgufHeader> parse_gguf_header(std::istream& in, std::uint64_t file_bytes,
                                                   const std::string& origin);
[[nodiscard]] Result<GgufHeader> read_gguf_header(const std::filesystem::path& file);

}  // namespace roofcast
