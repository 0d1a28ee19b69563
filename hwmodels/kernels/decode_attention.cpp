#include "hwmodels/kernels/decode_attention.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace roofcast::kernels {

Result<DecodeAttention> DecodeAttention::create(const AttentionShape& shape, std::vector<int> contexts,
                                                ThreadTeam& team) {
  Errors errors = shape_problems(shape, "decode_attention");
  if (contexts.empty()) errors.push_back({"decode_attention", "an empty batch: expected at least 1 sequence"});
  for (const int context : contexts)
    if (context < 1)
      errors.push_back({"decode_attention", fmt::format("{} cached tokens: expected at least 1", context)});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return DecodeAttention(shape, std::move(contexts), team);
}

DecodeAttention::DecodeAttention(const AttentionShape& shape, std::vector<int> contexts, ThreadTeam& team)
    : shape_{shape},
      contexts_{std::move(contexts)},
      team_{&team},
      chunks_{split_kv(shape_, contexts_, team.size())},
      desks_(static_cast<std::size_t>(team.size())),
      ranges_{std::make_unique<Range[]>(static_cast<std::size_t>(team.size()))} {
  const auto group = static_cast<std::size_t>(shape_.group());
  const std::size_t row = padded(static_cast<std::size_t>(shape_.head_dim));
  part_floats_ = group * row + 2 * padded(group);
  for (Desk& desk : desks_) {
    desk.scratch = chunk_scratch(group, row);
    desk.query.resize(group * row);
    desk.part.resize(part_floats_);
  }
  std::size_t slots = 0;
  for (const KvChunk& c : chunks_) {
    if (c.parts == 1) continue;
    ++slots;
    if (c.part == 0) split_heads_.push_back({item(c) * group, c.slot, c.parts});
  }
  parts_.resize(slots * part_floats_);
}

std::size_t DecodeAttention::item(const KvChunk& chunk) const {
  return static_cast<std::size_t>(chunk.sequence * shape_.kv_heads + chunk.kv_head);
}

SoftmaxPart DecodeAttention::part_in(float* memory) const {
  const auto group = static_cast<std::size_t>(shape_.group());
  float* tops = memory + group * padded(static_cast<std::size_t>(shape_.head_dim));
  return {.weighted = memory, .top = tops, .sum = tops + padded(group)};
}

HeadRows DecodeAttention::rows_of(const KvChunk& chunk, const KvCacheView& cache) const {
  const auto first_page = static_cast<std::size_t>(chunk.sequence * cache.pages_per_sequence);
  return {.cache = &cache,
          .head = chunk.kv_head,
          .pages = cache.pages.empty() ? nullptr : cache.pages.data() + first_page,
          .sequence = chunk.sequence,
          .head_dim = shape_.head_dim};
}

void DecodeAttention::attend(std::size_t number, std::span<const float> query, const KvCacheView& cache,
                             std::span<float> out, Desk& desk) {
  const KvChunk& chunk = chunks_[number];
  const auto group = static_cast<std::size_t>(shape_.group());
  const auto dim = static_cast<std::size_t>(shape_.head_dim);
  const std::size_t first_query = item(chunk) * group;
  const float scale = 1.0f / std::sqrt(static_cast<float>(dim));
  for (std::size_t h = 0; h < group; ++h)
    for (std::size_t i = 0; i < dim; ++i) desk.query[h * padded(dim) + i] = scale * query[(first_query + h) * dim + i];

  const bool whole = chunk.parts == 1;
  const SoftmaxPart part =
      part_in(whole ? desk.part.data() : parts_.data() + static_cast<std::size_t>(chunk.slot) * part_floats_);
  const KvChunk* next = number + 1 < chunks_.size() ? &chunks_[number + 1] : nullptr;
  attend_chunk({.rows = rows_of(chunk, cache),
                .query = desk.query.data(),
                .group = group,
                .begin = static_cast<std::size_t>(chunk.begin),
                .end = static_cast<std::size_t>(chunk.end),
                .next = next == nullptr ? HeadRows{} : rows_of(*next, cache),
                .next_begin = next == nullptr ? 0 : static_cast<std::size_t>(next->begin)},
               desk.scratch, part);
  if (!whole) return;
  for (std::size_t h = 0; h < group; ++h)
    merge_parts({part.weighted + h * padded(dim), part.top + h, part.sum + h}, 0, 1, dim,
                out.data() + (first_query + h) * dim);
}

void DecodeAttention::merge(std::size_t split_query_head, std::span<float> out) {
  const auto group = static_cast<std::size_t>(shape_.group());
  const auto dim = static_cast<std::size_t>(shape_.head_dim);
  const SplitHead& split = split_heads_[split_query_head / group];
  const std::size_t h = split_query_head % group;
  const SoftmaxPart part = part_in(parts_.data() + static_cast<std::size_t>(split.first_slot) * part_floats_);
  merge_parts({part.weighted + h * padded(dim), part.top + h, part.sum + h}, part_floats_,
              static_cast<std::size_t>(split.parts), dim, out.data() + (split.first_query + h) * dim);
}

template <class Work>
void DecodeAttention::share(std::size_t count, const Work& work) {
  const std::size_t threads = desks_.size();
  for (std::size_t r = 0; r < threads; ++r) {
    ranges_[r].next.store(count * r / threads, std::memory_order_relaxed);
    ranges_[r].end = count * (r + 1) / threads;
  }
  team_->run([&](int rank) {
    const auto own = static_cast<std::size_t>(rank);
    for (std::size_t k = 0; k < threads; ++k) {
      Range& range = ranges_[(own + k) % threads];
      for (std::size_t i = range.next.fetch_add(1, std::memory_order_relaxed); i < range.end;
           i = range.next.fetch_add(1, std::memory_order_relaxed))
        work(i, own);
    }
  });
}

void DecodeAttention::run(std::span<const float> query, const KvCacheView& cache, std::span<float> out) {
  share(chunks_.size(), [&](std::size_t i, std::size_t rank) { attend(i, query, cache, out, desks_[rank]); });
  if (split_heads_.empty()) return;
  share(split_heads_.size() * static_cast<std::size_t>(shape_.group()),
        [&](std::size_t i, std::size_t) { merge(i, out); });
}

Cost decode_attention_cost(const AttentionShape& shape, std::span<const int> contexts) {
  double tokens = 0;
  for (const int context : contexts) tokens += context - shape.first_token(context);
  const double heads = shape.query_heads, dim = shape.head_dim, batch = static_cast<double>(contexts.size());
  const double scale = shape.kv == KvElement::int8 ? sizeof(float) : 0.0;
  const double row = dim * static_cast<double>(element_bytes(shape.kv)) + scale;
  const double query_and_result = 2 * batch * heads * dim * sizeof(float);
  return {.bytes = Bytes{2 * tokens * shape.kv_heads * row + query_and_result},
          .flops = Flops{4 * tokens * heads * dim}};
}

}  // namespace roofcast::kernels
