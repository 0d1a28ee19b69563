#include "hwmodels/shard_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/csv_record.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/row_encoder.hpp"
#include "hwmodels/sweep_csv_row.hpp"

namespace roofcast {

std::unexpected<Errors> ShardRows::damaged(std::string what) const {
  const SweepRequest& request = shard_->manifest.request;
  return fail(shard_->file.string(), std::move(what),
              fmt::format("sweep it again with --shard {}/{}", request.shard, request.shards), ErrorKind::file);
}

Result<ShardRows> ShardRows::open(const SweepShard& shard, std::size_t piece) {
  ShardRows rows(shard, piece);
  const std::string name = shard.file.string();
  if (encoding_of(shard.file) == Encoding::zstd) rows.decompressor_.emplace();
  const auto header = rows.record();
  if (!header) return std::unexpected(header.error());
  if (rows.row_.starts_with('['))
    return usage_error(name, "a JSON array: only CSV files are merged", "sweep without --json");
  if (!rows.row_.starts_with("schema,point,")) return rows.damaged("does not start with the header of a sweep");
  rows.header_ = rows.row_;
  return rows;
}

Result<bool> ShardRows::read_piece(std::string& bytes) {
  auto open = open_regular_file(shard_->file);
  if (!open) return std::unexpected(open.error());
  const std::uint64_t written = shard_->manifest.outcome.bytes;
  if (open->bytes != written)
    return damaged(fmt::format("has {} bytes, its manifest says {}: truncated or changed", open->bytes, written));
  const std::size_t before = bytes.size();
  bytes.resize(before + piece_);
  open->in.seekg(static_cast<std::streamoff>(offset_));
  open->in.read(bytes.data() + before, static_cast<std::streamsize>(piece_));
  const auto arrived = static_cast<std::size_t>(std::max<std::streamsize>(open->in.gcount(), 0));
  bytes.resize(before + arrived);
  if (open->in.bad()) return fail(shard_->file.string(), "cannot be read", {}, ErrorKind::file);
  offset_ += arrived;
  hash_.update(std::string_view(bytes).substr(before));
  return arrived > 0;
}

Result<bool> ShardRows::read_frames() {
  const std::size_t before = text_.size();
  while (true) {
    std::string_view left = packed_;
    const auto step = decompressor_->take(left, text_);
    packed_.erase(0, packed_.size() - left.size());
    if (step == ZstdDecompressor::Step::wrong) return damaged(fmt::format("frame {} is broken", frames_ + 1));
    if (step == ZstdDecompressor::Step::frame_end) ++frames_;
    if (text_.size() > before) return true;
    if (!packed_.empty()) continue;
    const auto more = read_piece(packed_);
    if (!more) return more;
    if (!*more && !decompressor_->between_frames()) return damaged(fmt::format("frame {} does not end", frames_ + 1));
    if (!*more) return false;
  }
}

Result<bool> ShardRows::read_text() {
  text_.erase(0, begin_);
  begin_ = 0;
  return decompressor_ ? read_frames() : read_piece(text_);
}

Result<bool> ShardRows::record() {
  auto end = record_end(text_, begin_);
  while (end == std::string::npos) {
    if (text_.size() - begin_ > kLongestCsvRecord)
      return damaged(fmt::format("row {} is longer than {} bytes", rows_ + 1, kLongestCsvRecord));
    const auto more = read_text();
    if (!more) return std::unexpected(more.error());
    if (!*more && begin_ == text_.size()) return false;
    if (!*more) return damaged(fmt::format("row {} does not end", rows_ + 1));
    end = record_end(text_, begin_);
  }
  row_ = std::string_view(text_).substr(begin_, end - begin_);
  begin_ = end;
  return true;
}

Result<void> ShardRows::verify() {
  const SweepOutcome& written = shard_->manifest.outcome;
  if (hash_.hex() != written.sha256)
    return damaged("is not the file that was written: its SHA-256 is not the one of its manifest");
  if (rows_ != written.rows) return damaged(fmt::format("has {} rows, its manifest says {}", rows_, written.rows));
  return {};
}

Result<bool> ShardRows::next() {
  const auto more = record();
  if (!more) return more;
  if (!*more) {
    if (auto verified = verify(); !verified) return std::unexpected(verified.error());
    return false;
  }
  const SweepRequest& request = shard_->manifest.request;
  const auto point = row_point(row_);
  if (!point || *point >= request.points || *point % request.shards != request.shard - 1 ||
      (rows_ > 0 && *point <= point_))
    return damaged(fmt::format("row {}: '{}' is not the next point of the shard", rows_ + 1, point_cell(row_)));
  point_ = *point;
  ++rows_;
  return true;
}

}  // namespace roofcast
