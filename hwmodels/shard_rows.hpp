#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/shard_set.hpp"
#include "hwmodels/zstd_stream.hpp"

namespace roofcast {

/// Reads a shard's rows one after the other and checks the file against its manifest: the size before the first
/// row, the SHA-256 after the last. The file is open only while a piece of it is read, so that thousands
/// of shards need no more descriptors than one.
class ShardRows {
 public:
  /// Reads the header. `shard` must outlive it; `piece` bytes are read at a time.
  [[nodiscard]] static Result<ShardRows> open(const SweepShard& shard, std::size_t piece);

  [[nodiscard]] const std::string& header() const { return header_; }
  /// On to the next row; false behind the last, and only if the file was the one that the sweep wrote.
  [[nodiscard]] Result<bool> next();
  /// With its line break; valid until the next `next`.
  [[nodiscard]] std::string_view row() const { return row_; }
  [[nodiscard]] std::size_t point() const { return point_; }

 private:
  ShardRows(const SweepShard& shard, std::size_t piece) : shard_{&shard}, piece_{piece} {}
  [[nodiscard]] Result<bool> record();                        ///< into row_; false at the end of the file
  [[nodiscard]] Result<bool> read_text();                     ///< more of it; false at the end of the file
  [[nodiscard]] Result<bool> read_frames();                   ///< the same, decompressed
  [[nodiscard]] Result<bool> read_piece(std::string& bytes);  ///< behind what is there
  [[nodiscard]] Result<void> verify();
  [[nodiscard]] std::unexpected<Errors> damaged(std::string what) const;

  const SweepShard* shard_;
  std::size_t piece_;
  std::optional<ZstdDecompressor> decompressor_{};  ///< of a compressed file
  std::string packed_{};                            ///< of it: read and not yet decompressed
  std::size_t frames_ = 0;
  std::string text_{};  ///< what is read and not yet handed over, behind `begin_`
  std::size_t begin_ = 0;
  std::uint64_t offset_ = 0;  ///< of the next piece
  Sha256 hash_{};
  std::string header_{};
  std::string_view row_{};
  std::size_t point_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace roofcast
