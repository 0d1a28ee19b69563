#include "hwmodels/packed_text.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/row_encoder.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kUnpackedPiece = 64u << 10;

}  // namespace

Result<PackedText> PackedText::open(const std::filesystem::path& file) {
  const auto name = file.string();
  std::error_code unreadable;
  if (std::filesystem::is_directory(file, unreadable)) return fail(name, "is a folder", {}, ErrorKind::file);
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(name, fmt::format("cannot open: {}", std::strerror(errno)), {}, ErrorKind::file);
  PackedText text(name, std::move(in));
  if (encoding_of(file) == Encoding::zstd) text.decompressor_.emplace();
  return text;
}

std::string_view PackedText::read() {
  bytes_.resize(kUnpackedPiece);
  in_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  bytes_.resize(static_cast<std::size_t>(in_.gcount()));
  return bytes_;
}

Result<std::string_view> PackedText::piece() {
  if (!decompressor_) return read();
  text_.clear();
  while (text_.empty()) {
    if (decompressor_->take(packed_, text_) == ZstdDecompressor::Step::wrong)
      return fail(name_, "is not what zstd wrote, or was changed", {}, ErrorKind::file);
    if (!text_.empty() || !packed_.empty()) continue;
    packed_ = read();
    if (!packed_.empty()) continue;
    if (!decompressor_->between_frames()) return fail(name_, "is cut off", {}, ErrorKind::file);
    break;
  }
  return text_;
}

}  // namespace roofcast
