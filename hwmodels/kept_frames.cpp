#include "hwmodels/kept_frames.hpp"

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr std::size_t kLargestFrame = 8u << 20;  // ours hold 256 KiB of rows, and the row that goes beyond

}  // namespace

bool KeptFramesReader::read(std::string_view piece) {
  while (!wrong_) {
    const auto before = piece;
    const std::size_t text_before = text_.size();
    const auto step = decompressor_.take(piece, text_);
    frame_ += before.substr(0, before.size() - piece.size());
    wrong_ = step == ZstdDecompressor::Step::wrong || text_.size() > kLargestFrame || frame_.size() > kLargestFrame;
    if (step == ZstdDecompressor::Step::frame_end) {
      wrong_ = wrong_ || !rows_.read(text_) || !rows_.between_rows();
      if (wrong_) break;
      hash_.update(frame_);
      bytes_ += frame_.size();
      ++frames_;
      frame_.clear();
      text_.clear();
    } else if (piece.empty() && text_.size() == text_before) {
      return !wrong_;
    }
  }
  return false;
}

Result<KeptRows> KeptFramesReader::kept(const SweepGrid& grid, const SweepSelection& selection,
                                        const std::string& where) const {
  if (wrong_)
    return fail(where, fmt::format("frame {} is broken, or is not a sweep's", frames_ + 1),
                "leave out --resume to start afresh", ErrorKind::file);
  auto kept = rows_.kept(grid, selection, where);
  if (!kept) return kept;
  kept->text_hash = kept->hash;
  kept->hash = hash_;
  kept->bytes = bytes_;
  return kept;
}

}  // namespace roofcast
