#include "hwmodels/zstd_stream.hpp"

#include <zstd.h>

#include <new>

namespace roofcast {
namespace {

constexpr int kLevel = 1;  // rows of figures come out smaller than at the usual 3, in half the time
constexpr std::size_t kTextStep = 128u << 10;
constexpr int kLargestWindowLog = 23;  // 8 MiB; a frame that asks for more is none of ours

}  // namespace

void ZstdCompressor::Free::operator()(ZSTD_CCtx_s* context) const {
  ZSTD_freeCCtx(context);
}

ZstdCompressor::ZstdCompressor() : context_{ZSTD_createCCtx()} {
  if (!context_) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
}

std::string ZstdCompressor::frame(std::string_view text) {
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  const auto size = ZSTD_compress2(context_.get(), bytes.data(), bytes.size(), text.data(), text.size());
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the only way to fail where the room is enough
  bytes.resize(size);
  return bytes;
}

void ZstdDecompressor::Free::operator()(ZSTD_DCtx_s* context) const {
  ZSTD_freeDCtx(context);
}

ZstdDecompressor::ZstdDecompressor() : context_{ZSTD_createDCtx()} {
  if (!context_) throw std::bad_alloc();
  ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kLargestWindowLog);
}

ZstdDecompressor::Step ZstdDecompressor::take(std::string_view& bytes, std::string& text) {
  const std::size_t before = text.size();
  text.resize(before + kTextStep);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  ZSTD_outBuffer out{text.data() + before, kTextStep, 0};
  std::size_t left = 1;
  do left = ZSTD_decompressStream(context_.get(), &out, &in);
  while (ZSTD_isError(left) == 0 && left != 0 && in.pos < in.size && out.pos < out.size);
  text.resize(before + out.pos);
  bytes.remove_prefix(in.pos);
  if (ZSTD_isError(left) != 0) return Step::wrong;
  if (in.pos > 0 || out.pos > 0) between_frames_ = left == 0;
  return left == 0 && between_frames_ && (in.pos > 0 || out.pos > 0) ? Step::frame_end : Step::more;
}

}  // namespace roofcast
