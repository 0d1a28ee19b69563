#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/zstd_stream.hpp"

namespace roofcast {

/// Reads the text of a file from its beginning, decompressed where the name ends in .zst, in bounded memory.
class PackedText {
 public:
  [[nodiscard]] static Result<PackedText> open(const std::filesystem::path& file);

  /// The next piece, valid until the next call; empty at the end.
  [[nodiscard]] Result<std::string_view> piece();

 private:
  PackedText(std::string name, std::ifstream in) : name_{std::move(name)}, in_{std::move(in)} {}
  [[nodiscard]] std::string_view read();

  std::string name_;
  std::ifstream in_;
  std::optional<ZstdDecompressor> decompressor_{};
  std::string bytes_{};
  std::string_view packed_{};  ///< of bytes_: not decompressed yet
  std::string text_{};
};

}  // namespace roofcast
