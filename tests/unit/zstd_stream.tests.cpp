#include "hwmodels/zstd_stream.hpp"

#include <string>

#include <catch2/catch.hpp>

using roofcast::ZstdCompressor;
using roofcast::ZstdDecompressor;

namespace {

std::string numbers(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += std::to_string(i) + ",\n";
  return text;
}

}  // namespace

TEST_CASE("zstd: frames fed in pieces of any size are the text that was compressed, and each frame's end is seen") {
  ZstdCompressor compressor;
  const std::string first = numbers(0, 90'000), second = numbers(7, 9);  // the first is longer than a step
  const std::string bytes = compressor.frame(first) + compressor.frame(second);
  CHECK(bytes.size() < first.size());
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, bytes.size()}) {
    CAPTURE(size);
    ZstdDecompressor decompressor;
    std::string text;
    int frames = 0;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      std::string_view piece = std::string_view{bytes}.substr(at, size);
      for (bool more = true; more;) {
        const auto before = text.size();
        const auto step = decompressor.take(piece, text);
        REQUIRE(step != ZstdDecompressor::Step::wrong);
        if (step == ZstdDecompressor::Step::frame_end) ++frames;
        CHECK(decompressor.between_frames() ==
              (step == ZstdDecompressor::Step::frame_end || (frames == 2 && piece.empty())));
        more = !piece.empty() || text.size() > before;
      }
    }
    CHECK(text == first + second);
    CHECK(frames == 2);
    CHECK(decompressor.between_frames());
  }
}

TEST_CASE("zstd: the same text is the same bytes, whatever the compressor did before") {
  ZstdCompressor used, fresh;
  static_cast<void>(used.frame(numbers(0, 1000)));
  CHECK(used.frame(numbers(5, 500)) == fresh.frame(numbers(5, 500)));
}

TEST_CASE("zstd: a changed byte is wrong, a cut frame does not end") {
  ZstdCompressor compressor;
  const std::string bytes = compressor.frame(numbers(0, 2000));
  for (std::size_t at = 0; at < bytes.size(); at += 13) {
    CAPTURE(at);
    std::string bad = bytes;
    bad[at] = static_cast<char>(bad[at] ^ 4);
    ZstdDecompressor decompressor;
    std::string_view left = bad;
    std::string text;
    auto step = ZstdDecompressor::Step::more;
    while (step == ZstdDecompressor::Step::more && !left.empty()) step = decompressor.take(left, text);
    CHECK(!(step == ZstdDecompressor::Step::frame_end && left.empty()));
  }
  ZstdDecompressor decompressor;
  std::string_view cut = std::string_view{bytes}.substr(0, bytes.size() - 1);
  std::string text;
  while (!cut.empty()) REQUIRE(decompressor.take(cut, text) == ZstdDecompressor::Step::more);
  CHECK_FALSE(decompressor.between_frames());
}
