#include "hwmodels/row_encoder.hpp"

#include <utility>

#include "hwmodels/sweep_csv_row.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kFrameText = 256u << 10;  // what reading one needs, and what a killed sweep loses

}  // namespace

Encoding encoding_of(const std::filesystem::path& file) {
  return file.extension() == ".zst" ? Encoding::zstd : Encoding::plain;
}

RowEncoder::RowEncoder(Encoding encoding, Sink sink, const KeptRows& kept)
    : encoding_{encoding}, sink_{std::move(sink)}, hash_{kept.hash}, text_hash_{kept.text_hash}, bytes_{kept.bytes} {}

bool RowEncoder::put(std::string_view bytes) {
  hash_.update(bytes);
  bytes_ += bytes.size();
  return sink_(bytes);
}

bool RowEncoder::put_frame() {
  const auto text = std::string_view{waiting_}.substr(0, whole_);
  text_hash_.update(text);
  const bool taken = put(compressor_.frame(text));
  waiting_.erase(0, whole_);
  whole_ = waiting_lines_ = 0;
  return taken;
}

bool RowEncoder::write(std::string_view rows) {
  if (encoding_ == Encoding::plain) return put(rows);
  waiting_ += rows;
  for (auto end = record_end(waiting_, whole_); end != std::string::npos; end = record_end(waiting_, whole_)) {
    whole_ = end;
    ++waiting_lines_;
    if (whole_ >= kFrameText && !put_frame()) return false;
  }
  return true;
}

bool RowEncoder::end() {
  return waiting_.empty() || put_frame();
}

void RowEncoder::describe(SweepOutcome& outcome) {
  outcome.bytes = bytes_;
  outcome.sha256 = hash_.hex();
  if (encoding_ == Encoding::zstd) outcome.csv_sha256 = text_hash_.hex();
}

}  // namespace roofcast
