#include "hwmodels/kernels/decode_attention.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace roofcast::kernels {
namespace {

constexpr std::size_t kLineFloats = kLineBytes / sizeof(float);

std::size_t first_of_range(std::size_t count, std::size_t range, std::size_t ranges) {
  return count * range / ranges;
}

}  // namespace

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
  part_floats_ = (group * row + 2 * padded(group) + kLineFloats - 1) / kLineFloats * kLineFloats;
  for (Desk& desk : desks_) {
    desk.scratch = chunk_scratch(group, row);
    desk.query.resize(group * row);
    desk.part.resize(part_floats_);
  }
  plan_merges();
}

void DecodeAttention::plan_merges() {
  parts_.resize(part_floats_ *
                static_cast<std::size_t>(std::ranges::count_if(chunks_, [](const KvChunk& c) { return c.parts > 1; })));
  stretches_.resize(desks_.size());
  for (std::size_t r = 0; r < desks_.size(); ++r) {
    const std::size_t begin = first_of_range(chunks_.size(), r, desks_.size());
    for (std::size_t i = begin; i < first_of_range(chunks_.size(), r + 1, desks_.size()); ++i) {
      const KvChunk& c = chunks_[i];
      if (c.parts == 1) continue;
      if (c.part == 0) spread_heads_.push_back({.head = item(c)});
      if (c.part == 0 || i == begin) {
        stretches_[r].push_back({.head = item(c), .first_slot = c.slot});
        spread_heads_.back().parts.push_back(part_at(c.slot));
      }
      Stretch& stretch = stretches_[r].back();
      stretch.whole = ++stretch.parts == c.parts;
    }
  }
  std::erase_if(spread_heads_, [](const SpreadHead& h) { return h.parts.size() == 1; });
}

std::size_t DecodeAttention::item(const KvChunk& chunk) const {
  return static_cast<std::size_t>(chunk.sequence * shape_.kv_heads + chunk.kv_head);
}

SoftmaxPart DecodeAttention::part_in(float* memory) const {
  const auto group = static_cast<std::size_t>(shape_.group());
  float* tops = memory + group * padded(static_cast<std::size_t>(shape_.head_dim));
  return {.weighted = memory, .top = tops, .sum = tops + padded(group)};
}

SoftmaxPart DecodeAttention::part_at(int slot) {
  return part_in(parts_.data() + static_cast<std::size_t>(slot) * part_floats_);
}

float* DecodeAttention::result_of(std::size_t head, std::span<float> out) const {
  return out.data() + head * static_cast<std::size_t>(shape_.group() * shape_.head_dim);
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
  const bool same_query = desk.query_run == runs_ && desk.query_of == item(chunk);
  if (!same_query) {
    const float scale = 1.0f / std::sqrt(static_cast<float>(dim));
    for (std::size_t h = 0; h < group; ++h)
      for (std::size_t i = 0; i < dim; ++i)
        desk.query[h * padded(dim) + i] = scale * query[(first_query + h) * dim + i];
    desk.query_of = item(chunk);
    desk.query_run = runs_;
  }

  const bool whole = chunk.parts == 1;
  const SoftmaxPart part = whole ? part_in(desk.part.data()) : part_at(chunk.slot);
  const KvChunk* next = number + 1 < chunks_.size() ? &chunks_[number + 1] : nullptr;
  attend_chunk({.rows = rows_of(chunk, cache),
                .query = desk.query.data(),
                .same_query = same_query,
                .group = group,
                .begin = static_cast<std::size_t>(chunk.begin),
                .end = static_cast<std::size_t>(chunk.end),
                .next = next == nullptr ? HeadRows{} : rows_of(*next, cache),
                .next_begin = next == nullptr ? 0 : static_cast<std::size_t>(next->begin),
                .next_end = next == nullptr ? 0 : static_cast<std::size_t>(next->end)},
               desk.scratch, part);
  if (whole) finish_part(part, group, dim, result_of(item(chunk), out));
}

void DecodeAttention::merge(const Stretch& stretch, std::span<float> out) {
  const auto group = static_cast<std::size_t>(shape_.group()), dim = static_cast<std::size_t>(shape_.head_dim);
  const SoftmaxPart first = part_at(stretch.first_slot);
  for (int p = 1; p < stretch.parts; ++p) absorb_part(first, part_at(stretch.first_slot + p), group, dim);
  if (stretch.whole) finish_part(first, group, dim, result_of(stretch.head, out));
}

template <class Work, class Done>
void DecodeAttention::share(std::size_t count, const Work& work, const Done& done) {
  const std::size_t threads = desks_.size();
  for (std::size_t r = 0; r < threads; ++r) {
    const std::size_t begin = first_of_range(count, r, threads), end = first_of_range(count, r + 1, threads);
    ranges_[r].next.store(begin, std::memory_order_relaxed);
    ranges_[r].end = end;
    ranges_[r].left.store(end - begin, std::memory_order_relaxed);
  }
  team_->run([&](int rank) {
    const auto own = static_cast<std::size_t>(rank);
    for (std::size_t k = 0; k < threads; ++k) {
      const std::size_t r = (own + k) % threads;
      Range& range = ranges_[r];
      for (std::size_t i = range.next.fetch_add(1, std::memory_order_relaxed); i < range.end;
           i = range.next.fetch_add(1, std::memory_order_relaxed)) {
        work(i, own);
        if (range.left.fetch_sub(1, std::memory_order_acq_rel) == 1) done(r);
      }
    }
  });
}

void DecodeAttention::run(std::span<const float> query, const KvCacheView& cache, std::span<float> out) {
  ++runs_;
  share(
      chunks_.size(), [&](std::size_t i, std::size_t rank) { attend(i, query, cache, out, desks_[rank]); },
      [&](std::size_t r) {
        for (const Stretch& stretch : stretches_[r]) merge(stretch, out);
      });
  if (spread_heads_.empty()) return;
  const auto group = static_cast<std::size_t>(shape_.group()), dim = static_cast<std::size_t>(shape_.head_dim);
  share(
      spread_heads_.size() * group,
      [&](std::size_t i, std::size_t) {
        const SpreadHead& spread = spread_heads_[i / group];
        merge_parts(spread.parts, i % group, dim, result_of(spread.head, out) + i % group * dim);
      },
      [](std::size_t) {});
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
