#include <algorithm>
#include <cmath>
#include <vector>

#include "hwmodels/kernels/decode_attention.hpp"
#include "hwmodels/kernels/narrow_float.hpp"

namespace roofcast::kernels {
namespace {

/// One element of the row at `offset`, exactly.
double element(const KvCacheView& cache, const KvRows& rows, std::ptrdiff_t offset, std::ptrdiff_t i,
               std::ptrdiff_t dim) {
  const std::ptrdiff_t at = offset + i;
  switch (cache.element) {
    case KvElement::fp32:
      return double{reinterpret_cast<const float*>(rows.data)[at]};
    case KvElement::bf16:
      return double{from_bf16(reinterpret_cast<const std::uint16_t*>(rows.data)[at])};
    case KvElement::fp16:
      return double{from_fp16(reinterpret_cast<const std::uint16_t*>(rows.data)[at])};
    case KvElement::int8:
      return reinterpret_cast<const std::int8_t*>(rows.data)[at] * double{rows.scales[offset / dim]};
  }
  return 0;
}

}  // namespace

void decode_attention_reference(const AttentionShape& shape, std::span<const int> contexts,
                                std::span<const float> query, const KvCacheView& cache, std::span<double> out) {
  const std::ptrdiff_t dim = shape.head_dim;
  for (std::size_t s = 0; s < contexts.size(); ++s)
    for (int h = 0; h < shape.query_heads; ++h) {
      const int first = shape.first_token(contexts[s]);
      const auto offset = [&](const KvRows& rows, int token) {
        const bool paged = !cache.pages.empty();
        const std::size_t page_index = s * static_cast<std::size_t>(cache.pages_per_sequence) +
                                       static_cast<std::size_t>(paged ? token / cache.page_tokens : 0);
        return rows.offset(paged ? cache.pages[page_index] : static_cast<std::ptrdiff_t>(s), h / shape.group(),
                           paged ? token % cache.page_tokens : token);
      };
      const std::size_t at = (s * static_cast<std::size_t>(shape.query_heads) + static_cast<std::size_t>(h)) *
                             static_cast<std::size_t>(dim);

      std::vector<double> p;
      for (int t = first; t < contexts[s]; ++t) {
        double dot = 0;
        for (std::ptrdiff_t i = 0; i < dim; ++i)
          dot += double{query[at + static_cast<std::size_t>(i)]} *
                 element(cache, cache.keys, offset(cache.keys, t), i, dim);
        p.push_back(dot / std::sqrt(static_cast<double>(dim)));
      }
      const double top = *std::ranges::max_element(p);
      double sum = 0;
      for (double& x : p) sum += x = std::exp(x - top);
      for (std::ptrdiff_t i = 0; i < dim; ++i) {
        double weighted = 0;
        for (int t = first; t < contexts[s]; ++t)
          weighted += p[static_cast<std::size_t>(t - first)] / sum *
                      element(cache, cache.values, offset(cache.values, t), i, dim);
        out[at + static_cast<std::size_t>(i)] = weighted;
      }
    }
}

}  // namespace roofcast::kernels
