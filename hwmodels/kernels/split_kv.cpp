#include "hwmodels/kernels/split_kv.hpp"

#include <algorithm>
#include <cstdint>

namespace roofcast::kernels {
namespace {

constexpr std::int64_t divided_up(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

}  // namespace

std::vector<KvChunk> split_kv(const AttentionShape& shape, std::span<const int> contexts, int threads) {
  std::int64_t work = 0;  // tokens · KV heads
  for (const int context : contexts) work += std::int64_t{context - shape.first_token(context)} * shape.kv_heads;
  // One thread has nobody to share with.
  const std::int64_t share = threads > 1 ? divided_up(work, kChunksPerThread * threads) : work;
  const std::int64_t longest = std::max<std::int64_t>(share, kShortestChunk);

  std::vector<KvChunk> chunks;
  int slots = 0;
  for (std::size_t s = 0; s < contexts.size(); ++s) {
    const int first = shape.first_token(contexts[s]);
    const std::int64_t tokens = contexts[s] - first;
    const auto parts = static_cast<int>(std::max<std::int64_t>(1, divided_up(tokens, longest)));
    // Cuts on multiples of the block keep the kernel's inner loops whole.
    const std::int64_t length = divided_up(divided_up(tokens, parts), kShortestChunk) * kShortestChunk;
    const auto used = static_cast<int>(std::max<std::int64_t>(1, divided_up(tokens, length)));
    for (int head = 0; head < shape.kv_heads; ++head)
      for (int part = 0; part < used; ++part)
        chunks.push_back({.sequence = static_cast<int>(s),
                          .kv_head = head,
                          .begin = static_cast<int>(first + part * length),
                          .end = static_cast<int>(first + std::min(tokens, (part + 1) * length)),
                          .part = part,
                          .parts = used,
                          .slot = used > 1 ? slots++ : 0});
  }
  return chunks;
}

}  // namespace roofcast::kernels
