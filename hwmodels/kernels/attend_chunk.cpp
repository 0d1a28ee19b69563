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
      return PackedHeads<T>(task, scratch, out).attend();
  }
}

void Attend(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out) {
  std::fill_n(out.weighted, task.group * padded(static_cast<size_t>(task.rows.head_dim)), 0.0f);
  std::fill_n(out.top, task.group, -std::numeric_limits<float>::infinity());
  std::fill_n(out.sum, task.group, 0.0f);
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

void Merge(const SoftmaxPart& first, size_t part_stride, size_t parts, size_t head_dim, float* HWY_RESTRICT out) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  float top = *first.top;
  for (size_t p = 1; p < parts; ++p) top = std::max(top, first.top[p * part_stride]);
  float sum = 0;
  for (size_t p = 0; p < parts; ++p) sum += std::exp(first.top[p * part_stride] - top) * first.sum[p * part_stride];
  for (size_t p = 0; p < parts; ++p) {
    const float share = std::exp(first.top[p * part_stride] - top) / sum;
    const auto k = hn::Set(d, share);
    const float* HWY_RESTRICT from = first.weighted + p * part_stride;
    size_t i = 0;
    for (; i + lanes <= head_dim; i += lanes) {
      const auto before = p == 0 ? hn::Zero(d) : hn::LoadU(d, out + i);
      hn::StoreU(hn::MulAdd(k, hn::LoadU(d, from + i), before), d, out + i);
    }
    for (; i < head_dim; ++i) out[i] = share * from[i] + (p == 0 ? 0.0f : out[i]);
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
HWY_EXPORT(Merge);
HWY_EXPORT(Target);

std::string_view attend_target() {
  return HWY_DYNAMIC_DISPATCH(Target)();
}

ChunkScratch chunk_scratch(std::size_t group, std::size_t row) {
  const std::size_t rows_of_scores = std::max<std::size_t>(group, 4);  // two heads keep two turns each
  return {.scores = std::vector<float>(rows_of_scores * kBlockTokens),
          .scale = std::vector<float>(rows_of_scores),
          .rows = std::vector<float>(kBlockTokens * row),
          .partial = std::vector<float>(2 * kBlockTokens * kFloatsPad),
          .key_scales = std::vector<float>(kBlockTokens),
          .value_scales = std::vector<float>(kBlockTokens)};
}

void attend_chunk(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out) {
  HWY_DYNAMIC_DISPATCH(Attend)(task, scratch, out);
}

void merge_parts(const SoftmaxPart& first, std::size_t part_stride, std::size_t parts, std::size_t head_dim,
                 float* out) {
  HWY_DYNAMIC_DISPATCH(Merge)(first, part_stride, parts, head_dim, out);
}

}  // namespace roofcast::kernels
#endif  // HWY_ONCE
