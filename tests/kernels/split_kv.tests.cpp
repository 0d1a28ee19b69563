#include <catch2/catch.hpp>

#include <map>

#include "hwmodels/kernels/split_kv.hpp"

using namespace roofcast::kernels;

TEST_CASE("one thread takes every KV head whole", "[kernels][split]") {
  const std::vector<int> contexts{100, 7};
  const auto chunks = split_kv({.query_heads = 4, .kv_heads = 2}, contexts, 1);
  REQUIRE(chunks.size() == 4);  // 2 sequences x 2 heads
  CHECK(chunks[0] == KvChunk{.sequence = 0, .kv_head = 0, .begin = 0, .end = 100});
  CHECK(chunks[3] == KvChunk{.sequence = 1, .kv_head = 1, .begin = 0, .end = 7});
}

TEST_CASE("enough heads are shared out without cutting any", "[kernels][split]") {
  // 32 heads for 2 threads: 16 each.
  const std::vector<int> contexts{2048};
  for (const auto& chunk : split_kv({.query_heads = 32, .kv_heads = 32}, contexts, 2)) CHECK(chunk.parts == 1);
}

TEST_CASE("a single KV head is cut into equal parts for the threads", "[kernels][split]") {
  // 8192 tokens for 2 threads in 4 chunks each: 8 chunks of 1024.
  const std::vector<int> contexts{8192};
  const auto chunks = split_kv({.query_heads = 32, .kv_heads = 1}, contexts, 2);
  REQUIRE(chunks.size() == 8);
  for (int i = 0; i < 8; ++i)
    CHECK(chunks[static_cast<std::size_t>(i)] ==
          KvChunk{.begin = 1024 * i, .end = 1024 * (i + 1), .part = i, .parts = 8, .slot = i});
}

TEST_CASE("only the long sequence of a batch is cut", "[kernels][split]") {
  // 4096 + 3 x 64 tokens of one head, 8 chunks of at most ceil(4288 / 8) = 536 tokens: the long one gives
  // ceil(4096 / 536) = 8 parts of 512.
  const std::vector<int> contexts{64, 4096, 64, 64};
  std::map<int, int> parts;
  for (const auto& chunk : split_kv({.query_heads = 8, .kv_heads = 1}, contexts, 2)) ++parts[chunk.sequence];
  CHECK(parts == std::map<int, int>{{0, 1}, {1, 8}, {2, 1}, {3, 1}});
}

TEST_CASE("a window leaves only the last tokens to be shared out", "[kernels][split]") {
  const std::vector<int> contexts{1000, 50};
  const auto chunks = split_kv({.query_heads = 1, .kv_heads = 1, .window = 100}, contexts, 1);
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[0].begin == 900);
  CHECK(chunks[0].end == 1000);
  CHECK(chunks[1].begin == 0);  // shorter than the window: all of it
}

TEST_CASE("every visible token of every head is in exactly one chunk", "[kernels][split]") {
  const int threads = GENERATE(1, 2, 3, 8, 64);
  const int window = GENERATE(0, 1, 333);
  const AttentionShape shape{.query_heads = 6, .kv_heads = 3, .window = window};
  const std::vector<int> contexts{1, 63, 64, 65, 1000, 4097, 17};
  std::map<std::pair<int, int>, int> next;  // (sequence, head) -> first token not yet seen
  for (std::size_t s = 0; s < contexts.size(); ++s)
    for (int h = 0; h < 3; ++h) next[{static_cast<int>(s), h}] = shape.first_token(contexts[s]);
  std::size_t slots = 0;
  for (const auto& c : split_kv(shape, contexts, threads)) {
    auto& from = next[{c.sequence, c.kv_head}];
    CHECK(c.begin == from);
    CHECK(c.end > c.begin);
    if (c.parts > 1) CHECK(c.slot == static_cast<int>(slots++));
    from = c.end;
  }
  for (const auto& [head, from] : next) CHECK(from == contexts[static_cast<std::size_t>(head.first)]);
}
