#include <catch2/catch.hpp>

#include <cstring>
#include <set>

#include "hwmodels/kernels/kv_cache.hpp"

using namespace roofcast;
using namespace roofcast::kernels;

TEST_CASE("a cache has the bytes of its rows and, in int8, of their scales", "[kernels][cache]") {
  const KvCacheSpec spec{.shape = {.query_heads = 8, .kv_heads = 2, .head_dim = 64, .kv = KvElement::bf16},
                         .contexts = {100, 100}};
  CHECK(cache_bytes(spec) == Bytes{2.0 * 100 * 2 * 2 * 64 * 2});  // K and V, tokens, sequences, heads, dim, bytes
  auto int8 = spec;
  int8.shape.kv = KvElement::int8;
  CHECK(cache_bytes(int8) == Bytes{2.0 * 100 * 2 * 2 * (64 + 4)});
  auto paged = spec;
  paged.page_tokens = 16;  // 100 tokens take 7 pages = 112 tokens
  CHECK(cache_bytes(paged) == Bytes{2.0 * 112 * 2 * 2 * 64 * 2});
}

TEST_CASE("pages are in no order, each used once, and hold a sequence's tokens", "[kernels][cache]") {
  const auto cache =
      KvCache::create({.shape = {.head_dim = 8}, .contexts = {100, 1, 33}, .page_tokens = 16}, 3).value();
  const auto view = cache.view();
  CHECK(view.pages_per_sequence == 7);
  REQUIRE(view.pages.size() == 21);
  std::set<int> used(view.pages.begin(), view.pages.begin() + 7);
  used.insert(view.pages[7]);
  used.insert(view.pages.begin() + 14, view.pages.begin() + 17);
  CHECK(used.size() == 7 + 1 + 3);
  CHECK(*used.rbegin() == 10);
  CHECK_FALSE(std::is_sorted(view.pages.begin(), view.pages.begin() + 7));
}

TEST_CASE("the same seed fills the same cache, another one does not", "[kernels][cache]") {
  const KvCacheSpec spec{.shape = {.head_dim = 32, .kv = KvElement::fp16}, .contexts = {50}};
  const auto bytes = [&](std::uint64_t seed) {
    const auto cache = KvCache::create(spec, seed).value();
    return std::vector<std::byte>(cache.elements().begin(), cache.elements().end());
  };
  CHECK(bytes(1) == bytes(1));
  CHECK(bytes(1) != bytes(2));
}

TEST_CASE("both orders put a row where their strides say", "[kernels][cache]") {
  const AttentionShape shape{.query_heads = 4, .kv_heads = 4, .head_dim = 16};
  const auto heads_first = KvCache::create({.shape = shape, .contexts = {10}}, 1).value().view().keys;
  CHECK(heads_first.offset(0, 2, 3) == (2 * 10 + 3) * 16);
  const auto tokens_first =
      KvCache::create({.shape = shape, .contexts = {10}, .order = KvOrder::tokens_first}, 1).value().view().keys;
  CHECK(tokens_first.offset(0, 2, 3) == (3 * 4 + 2) * 16);
}

TEST_CASE("a cache over the machine's memory is refused before it is allocated", "[kernels][cache][errors]") {
  const auto cache = KvCache::create(
      {.shape = {.query_heads = 64, .kv_heads = 64, .head_dim = 256}, .contexts = std::vector<int>(4096, 1'000'000)},
      1);
  REQUIRE_FALSE(cache.has_value());
  CHECK(cache.error().at(0).where == "memory");
  CHECK(cache.error()[0].kind == ErrorKind::unsupported);
}
