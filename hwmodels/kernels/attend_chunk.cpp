#include "hwmodels/kernels/attend_chunk.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hwmodels/kernels/attend_chunk.cpp"
#include <hwy/foreach_target.h>  // re-includes this file once per instruction set

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "hwmodels/kernels/packed_heads-inl.h"
#include "hwmodels/kernels/streamed_heads-inl.h"
#include "hwmodels/kernels/wide_heads-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
void attend_as(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out) {
  switch (task.group) {
    case 1:
      return StreamedHeads<1, T>(task, scratch, out).attend();
    case 2:
      return StreamedHeads<2, T>(task, scratch, out).attend();
    default:
      return in_lanes(task.group) ? WideHeads<T>(task, scratch, out).attend()
                                  : PackedHeads<T>(task, scratch, out).attend();
  }
}

void Attend(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out) {
  std::fill_n(out.weighted, task.group * padded(static_cast<size_t>(task.rows.head_dim)), 0.0f);
  std::fill_n(out.top, padded(task.group), -std::numeric_limits<float>::infinity());
  std::fill_n(out.sum, padded(task.group), 0.0f);
  switch (task.rows.cache->element) {
    case KvElement::fp32:
      return attend_as<float>(task, scratch, out);
    case KvElement::bf16:
      return attend_as<hwy::bfloat16_t>(task, scratch, out);
    case KvElement::fp16:
      return attend_as<hwy::float16_t>(task, scratch, out);
    case KvElement::int8:
      return attend_as<int8_t>(task, scratch, out);
  }
}

void Absorb(const SoftmaxPart& into, const SoftmaxPart& from, size_t group, size_t head_dim) {
  const Floats d;
  const size_t row = padded(head_dim);
  for (size_t h = 0; h < group; ++h) {
    const float top = std::max(into.top[h], from.top[h]);
    const float mine = into.top[h] == top ? 1.0f : std::exp(into.top[h] - top);
    const float theirs = from.top[h] == top ? 1.0f : std::exp(from.top[h] - top);
    into.top[h] = top;
    into.sum[h] = mine * into.sum[h] + theirs * from.sum[h];
    float* HWY_RESTRICT to = into.weighted + h * row;
    const float* HWY_RESTRICT added = from.weighted + h * row;
    for (size_t i = 0; i < row; i += hn::Lanes(d))
      hn::StoreU(
          hn::MulAdd(hn::Set(d, theirs), hn::LoadU(d, added + i), hn::Mul(hn::Set(d, mine), hn::LoadU(d, to + i))), d,
          to + i);
  }
}

void Merge(std::span<const SoftmaxPart> parts, size_t h, size_t head_dim, float* HWY_RESTRICT out) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  float top = parts[0].top[h];
  for (const SoftmaxPart& p : parts.subspan(1)) top = std::max(top, p.top[h]);
  float sum = 0;
  for (const SoftmaxPart& p : parts) sum += std::exp(p.top[h] - top) * p.sum[h];
  for (size_t p = 0; p < parts.size(); ++p) {
    const float share = std::exp(parts[p].top[h] - top) / sum;
    const auto k = hn::Set(d, share);
    const float* HWY_RESTRICT from = parts[p].weighted + h * padded(head_dim);
    size_t i = 0;
    for (; i + lanes <= head_dim; i += lanes) {
      const auto before = p == 0 ? hn::Zero(d) : hn::LoadU(d, out + i);
      hn::StoreU(hn::MulAdd(k, hn::LoadU(d, from + i), before), d, out + i);
    }
    for (; i < head_dim; ++i) out[i] = share * from[i] + (p == 0 ? 0.0f : out[i]);
  }
}

void Finish(const SoftmaxPart& part, size_t group, size_t head_dim, float* HWY_RESTRICT out) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  for (size_t h = 0; h < group; ++h, out += head_dim) {
    const float share = 1.0f / part.sum[h];
    const float* HWY_RESTRICT from = part.weighted + h * padded(head_dim);
    size_t i = 0;
    for (; i + lanes <= head_dim; i += lanes)
      hn::StoreU(hn::Mul(hn::Set(d, share), hn::LoadU(d, from + i)), d, out + i);
    for (; i < head_dim; ++i) out[i] = share * from[i];
  }
}

const char* Target() {
  return hwy::TargetName(HWY_TARGET);
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace roofcast::kernels {

HWY_EXPORT(Attend);
HWY_EXPORT(Absorb);
HWY_EXPORT(Merge);
HWY_EXPORT(Finish);
HWY_EXPORT(Target);

std::string_view attend_target() {
  return HWY_DYNAMIC_DISPATCH(Target)();
}

ChunkScratch chunk_scratch(std::size_t group, std::size_t row) {
  const std::size_t rows_of_scores = std::max<std::size_t>(padded(group), 4);  // two heads keep two turns each
  return {.scores = LineFloats(rows_of_scores * kBlockTokens),
          .query = LineFloats(row * padded(group)),
          .scale = LineFloats(rows_of_scores),
          .rows = LineFloats(kBlockTokens * row),
          .partial = LineFloats(2 * kBlockTokens * kFloatsPad),
          .key_scales = LineFloats(kBlockTokens),
          .value_scales = LineFloats(kBlockTokens)};
}

void attend_chunk(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out) {
  HWY_DYNAMIC_DISPATCH(Attend)(task, scratch, out);
}

void absorb_part(const SoftmaxPart& into, const SoftmaxPart& from, std::size_t group, std::size_t head_dim) {
  HWY_DYNAMIC_DISPATCH(Absorb)(into, from, group, head_dim);
}

void merge_parts(std::span<const SoftmaxPart> parts, std::size_t query_head, std::size_t head_dim, float* out) {
  HWY_DYNAMIC_DISPATCH(Merge)(parts, query_head, head_dim, out);
}

void finish_part(const SoftmaxPart& part, std::size_t group, std::size_t head_dim, float* out) {
  HWY_DYNAMIC_DISPATCH(Finish)(part, group, head_dim, out);
}

}  // namespace roofcast::kernels
#endif  // HWY_ONCE
