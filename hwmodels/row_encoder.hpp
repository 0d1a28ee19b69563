#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "hwmodels/digest.hpp"
#include "hwmodels/kept_rows.hpp"
#include "hwmodels/sweep_manifest.hpp"
#include "hwmodels/zstd_stream.hpp"

namespace roofcast {

/// How rows are stored.
enum class Encoding { plain, zstd };

/// As the file's name says: out.csv.zst is compressed.
[[nodiscard]] Encoding encoding_of(const std::filesystem::path& file);

/// Turns the text of a sweep into the bytes of its file, hashing both. Compressed, 256 KiB of whole rows are a frame:
/// the bytes depend on the text alone, not on the pieces in which it comes.
class RowEncoder {
 public:
  /// Takes bytes; false where it can take no more.
  using Sink = std::function<bool(std::string_view bytes)>;

  /// Goes on behind what is `kept`.
  RowEncoder(Encoding encoding, Sink sink, const KeptRows& kept = {});

  /// Whole rows. False once the sink can take no more.
  bool write(std::string_view rows);
  /// What is left of them; nothing may be written afterwards.
  bool end();

  /// Rows that are in no frame yet, the header apart.
  [[nodiscard]] std::size_t waiting_rows() const {
    return waiting_lines_ - (waiting_lines_ > 0 && bytes_ == 0 ? 1 : 0);
  }
  /// Bytes and hashes of everything handed over. Asked once.
  void describe(SweepOutcome& outcome);

 private:
  bool put(std::string_view bytes);
  bool put_frame();

  Encoding encoding_;
  Sink sink_;
  Sha256 hash_;
  Sha256 text_hash_;
  std::uint64_t bytes_ = 0;
  ZstdCompressor compressor_{};
  std::string waiting_{};          ///< text that is in no frame yet
  std::size_t waiting_lines_ = 0;  ///< before whole_
  std::size_t whole_ = 0;          ///< where the rows of waiting_ that are found end
};

}  // namespace roofcast
