#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace roofcast {

/// Text as Zstandard frames. One behind the other they are an ordinary .zst file; each can be read without the others
/// and has a checksum. The same text is the same bytes, as long as libzstd is the same.
class ZstdCompressor {
 public:
  ZstdCompressor();
  [[nodiscard]] std::string frame(std::string_view text);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

/// Reads frames piece by piece, in bounded memory whatever they claim to hold.
class ZstdDecompressor {
 public:
  enum class Step {
    more,       ///< takes more bytes, or has more text
    frame_end,  ///< a frame is whole
    wrong,      ///< its bytes are not what a compressor wrote; nothing may be taken any more
  };

  ZstdDecompressor();
  /// Takes bytes off the front of `bytes` and appends some text, not beyond the end of a frame.
  [[nodiscard]] Step take(std::string_view& bytes, std::string& text);
  /// Nothing of a frame is taken.
  [[nodiscard]] bool between_frames() const { return between_frames_; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
  bool between_frames_ = true;
};

}  // namespace roofcast
