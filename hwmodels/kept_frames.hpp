#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hwmodels/kept_rows.hpp"
#include "hwmodels/zstd_stream.hpp"

namespace roofcast {

/// Reads a compressed sweep that was cut off somewhere: what KeptRowsReader is for plain ones. A frame that is not
/// whole is dropped.
class KeptFramesReader {
 public:
  /// False once nothing more can be kept.
  bool read(std::string_view piece);

  /// Bytes and hash are those of the whole frames. An error where a frame is broken or holds other rows.
  [[nodiscard]] Result<KeptRows> kept(const SweepGrid& grid, const SweepSelection& selection,
                                      const std::string& where) const;

 private:
  ZstdDecompressor decompressor_{};
  KeptRowsReader rows_{};
  std::string frame_{};  ///< bytes of the one that is not whole yet
  std::string text_{};   ///< its text
  Sha256 hash_{};
  std::uint64_t bytes_ = 0;
  std::size_t frames_ = 0;
  bool wrong_ = false;
};

}  // namespace roofcast
