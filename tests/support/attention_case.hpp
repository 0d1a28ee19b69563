#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "hwmodels/kernels/decode_attention.hpp"
#include "hwmodels/kernels/kv_cache.hpp"

namespace roofcast::test {

/// A batch, its cache and its queries, and what the kernel and its double twin make of them.
struct AttentionCase {
  kernels::KvCache cache;
  std::vector<float> query{};
  std::vector<float> out{};
  std::vector<double> expected{};

  explicit AttentionCase(const kernels::KvCacheSpec& spec, std::uint64_t seed = 7)
      : cache{std::move(kernels::KvCache::create(spec, seed).value())} {
    const std::size_t values = spec.contexts.size() * static_cast<std::size_t>(spec.shape.query_heads) *
                               static_cast<std::size_t>(spec.shape.head_dim);
    std::mt19937 random(static_cast<unsigned>(seed));
    std::normal_distribution<float> normal(0.0f, 2.0f);
    query.resize(values);
    for (float& q : query) q = normal(random);
    out.assign(values, std::nanf(""));
    expected.assign(values, std::nan(""));
  }

  [[nodiscard]] const kernels::KvCacheSpec& spec() const { return cache.spec(); }

  void run(kernels::ThreadTeam& team) {
    auto kernel = kernels::DecodeAttention::create(spec().shape, spec().contexts, team).value();
    kernel.run(query, cache.view(), out);
  }
  void run_reference() {
    kernels::decode_attention_reference(spec().shape, spec().contexts, query, cache.view(), expected);
  }

  /// Largest |kernel - reference|; infinite when one of them is not a number.
  [[nodiscard]] double error() const {
    double worst = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double e = std::fabs(double{out[i]} - expected[i]);
      worst = std::isnan(e) ? INFINITY : std::max(worst, e);
    }
    return worst;
  }

  /// What rounding allows. Every stored type widens to fp32 exactly, so only fp32 arithmetic errs, with unit
  /// u = 2^-24. Elements are below 1 in size. A score is a sum of d products, q's scaling rounded once before and
  /// an int8 scale once after: it errs by at most (d + 3) u Σ|q| / √d. Subtracting the top adds u |score|, exp less
  /// than 4 u. A weight's relative error e is then at most twice the score's (numerator, top) plus 6 u; results are
  /// means of values below 1 with such weights, normalised by a sum with the same error: 2 e, plus (T + 4) u for
  /// adding T products.
  [[nodiscard]] double tolerance() const {
    const double u = 0x1p-24, d = spec().shape.head_dim;
    double largest_sum = 0;
    for (std::size_t h = 0; h * static_cast<std::size_t>(d) < query.size(); ++h) {
      double sum = 0;
      for (std::size_t i = 0; i < static_cast<std::size_t>(d); ++i)
        sum += std::fabs(double{query[h * static_cast<std::size_t>(d) + i]});
      largest_sum = std::max(largest_sum, sum);
    }
    const double score_error = (d + 4) * u * largest_sum / std::sqrt(d);
    const double tokens = std::ranges::max(spec().contexts);
    return 2 * (2 * score_error + 6 * u) + (tokens + 4) * u;
  }
};

}  // namespace roofcast::test
