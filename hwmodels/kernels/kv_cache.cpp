#include "hwmodels/kernels/kv_cache.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <random>

#include "hwmodels/kernels/narrow_float.hpp"

namespace roofcast::kernels {
namespace {

struct PageCounts {
  int tokens = 0;  ///< of one page
  int per_sequence = 0;
  std::size_t total = 0;
};

PageCounts page_counts(const KvCacheSpec& spec) {
  const int longest = std::ranges::max(spec.contexts);
  if (spec.page_tokens == 0) return {longest, 1, spec.contexts.size()};
  PageCounts counts{spec.page_tokens, (longest + spec.page_tokens - 1) / spec.page_tokens, 0};
  for (const int context : spec.contexts)
    counts.total += static_cast<std::size_t>((context + spec.page_tokens - 1) / spec.page_tokens);
  return counts;
}

std::size_t rows_of(const KvCacheSpec& spec) {
  const PageCounts counts = page_counts(spec);
  return counts.total * static_cast<std::size_t>(counts.tokens) * static_cast<std::size_t>(spec.shape.kv_heads);
}

std::size_t side_bytes(const KvCacheSpec& spec) {
  const std::size_t elements =
      rows_of(spec) * static_cast<std::size_t>(spec.shape.head_dim) + static_cast<std::size_t>(spec.skew);
  return elements * element_bytes(spec.shape.kv);
}

/// One stored element, as bytes.
std::uint32_t encoded(KvElement e, float x) {
  switch (e) {
    case KvElement::fp32:
      return std::bit_cast<std::uint32_t>(x);
    case KvElement::bf16:
      return to_bf16(x);
    case KvElement::fp16:
      return to_fp16(x);
    case KvElement::int8:
      return static_cast<std::uint8_t>(static_cast<std::int8_t>(std::lround(127.0f * x)));
  }
  return 0;
}

/// Fills with draws from a table of random values: encoding every element of a large cache would take longer than
/// measuring it.
template <class Stored>
void fill(std::span<std::byte> bytes, KvElement e, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> value(-1.0f, 1.0f);
  std::array<Stored, 4096> table{};
  for (Stored& entry : table) entry = static_cast<Stored>(encoded(e, value(random)));
  std::uint64_t state = seed | 1;
  for (std::size_t i = 0; i + sizeof(Stored) <= bytes.size(); i += sizeof(Stored)) {
    state = state * 6364136223846793005u + 1442695040888963407u;  // Knuth's MMIX
    std::memcpy(bytes.data() + i, &table[state >> 52], sizeof(Stored));
  }
}

}  // namespace

Bytes cache_bytes(const KvCacheSpec& spec) {
  const double scales = spec.shape.kv == KvElement::int8 ? 2.0 * sizeof(float) * static_cast<double>(rows_of(spec)) : 0;
  return Bytes{2.0 * static_cast<double>(side_bytes(spec)) + scales};
}

Result<KvCache> KvCache::create(const KvCacheSpec& spec, std::uint64_t seed) {
  if (auto errors = shape_problems(spec.shape, "KV cache"); !errors.empty()) return std::unexpected(std::move(errors));
  KvCache cache;
  cache.spec_ = spec;
  cache.side_ = side_bytes(spec);
  auto memory = PageMemory::create(2 * cache.side_, spec.memory);
  if (!memory) return std::unexpected(memory.error());
  cache.memory_ = std::move(*memory);

  const auto bytes = cache.memory_.bytes();
  switch (element_bytes(spec.shape.kv)) {
    case 4:
      fill<std::uint32_t>(bytes, spec.shape.kv, seed);
      break;
    case 2:
      fill<std::uint16_t>(bytes, spec.shape.kv, seed);
      break;
    default:
      fill<std::uint8_t>(bytes, spec.shape.kv, seed);
  }
  std::mt19937_64 random(seed + 1);
  if (spec.shape.kv == KvElement::int8) {
    std::uniform_real_distribution<float> scale(0.5f / 127, 1.0f / 127);
    cache.scales_.resize(2 * rows_of(spec));
    for (float& s : cache.scales_) s = scale(random);
  }
  if (spec.page_tokens > 0) {
    const PageCounts counts = page_counts(spec);
    std::vector<std::int32_t> free(counts.total);
    std::iota(free.begin(), free.end(), 0);
    std::ranges::shuffle(free, random);
    cache.pages_per_sequence_ = counts.per_sequence;
    for (const int context : spec.contexts)
      for (int p = 0; p < counts.per_sequence; ++p) {
        const bool used = p * spec.page_tokens < context;
        cache.pages_.push_back(used ? free.back() : 0);
        if (used) free.pop_back();
      }
  }
  return cache;
}

KvCacheView KvCache::view() const {
  const std::ptrdiff_t dim = spec_.shape.head_dim, heads = spec_.shape.kv_heads, tokens = page_counts(spec_).tokens;
  const bool heads_first = spec_.order == KvOrder::heads_first;
  const auto rows = [&](std::size_t side) {
    const std::size_t skew = static_cast<std::size_t>(spec_.skew) * element_bytes(spec_.shape.kv);
    return KvRows{.data = memory_.bytes().data() + side * side_ + skew,
                  .page_stride = tokens * heads * dim,
                  .head_stride = heads_first ? tokens * dim : dim,
                  .token_stride = heads_first ? dim : heads * dim,
                  .scales = scales_.empty() ? nullptr : scales_.data() + side * (scales_.size() / 2)};
  };
  return {.element = spec_.shape.kv,
          .keys = rows(0),
          .values = rows(1),
          .page_tokens = spec_.page_tokens,
          .pages = pages_,
          .pages_per_sequence = pages_per_sequence_};
}

}  // namespace roofcast::kernels
