#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/import/gguf_header.hpp"

namespace roofcast {

/// "model-00002-of-00003.gguf" is part 2 of 3 of "model".
struct GgufPartName {
  std::string stem{};
  int part = 0;
  int parts = 0;

  friend bool operator==(const GgufPartName&, const GgufPartName&) = default;
};

[[nodiscard]] std::optional<GgufPartName> gguf_part_name(std::string_view file_name);
[[nodiscard]] std::string file_name(const GgufPartName& name);

/// The header of a whole model: of one file, or of all parts of a split one, whichever part is named.
/// Metadata are the first part's, tensors those of all parts. Every missing part is an error.
[[nodiscard]] Result<GgufHeader> read_gguf_parts(const std::filesystem::path& file);

}  // namespace roofcast
