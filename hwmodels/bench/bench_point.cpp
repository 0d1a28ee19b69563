#include "hwmodels/bench/bench_point.hpp"

#include <fmt/format.h>

#include "hwmodels/kernels/decode_attention.hpp"

namespace roofcast::bench {
namespace {

/// The point with one sequence of its batch.
AttentionPoint single(AttentionPoint p) {
  p.batch = 1;
  return p;
}

Errors problems_of(const AttentionPoint& p, const std::string& where) {
  Errors errors = kernels::shape_problems(p.shape, where);
  const auto add = [&](std::string what) { errors.push_back({where, std::move(what), {}}); };
  if (p.batch < 1) add(fmt::format("batch {}: expected at least 1", p.batch));
  if (p.context < 1) add(fmt::format("context of {} tokens: expected at least 1", p.context));
  const int page = p.page_tokens;
  if (page < 0 || (page & (page - 1)) != 0) add(fmt::format("pages of {} tokens: expected 0 or a power of two", page));
  return errors;
}

Errors problems_of(const kernels::MatrixShape& s, const std::string& where) {
  if (s.m >= 1 && s.n >= 1 && s.k >= 1) return {};
  return {{where, fmt::format("m={}, n={}, k={}: expected at least 1 each", s.m, s.n, s.k), {}}};
}

}  // namespace

kernels::KvCacheSpec AttentionPoint::cache() const {
  return {.shape = shape,
          .contexts = std::vector<int>(static_cast<std::size_t>(batch), context),
          .page_tokens = page_tokens,
          .order = order};
}

Cost cost_of(const BenchPoint& point) {
  // Sequences are alike: a batch that nobody has the memory for must not be written out to be refused.
  if (const auto* p = std::get_if<AttentionPoint>(&point))
    return p->batch * kernels::decode_attention_cost(p->shape, single(*p).cache().contexts);
  return kernels::matrix_product_cost(std::get<kernels::MatrixShape>(point));
}

Bytes memory_of(const BenchPoint& point) {
  if (const auto* p = std::get_if<AttentionPoint>(&point)) return p->batch * kernels::cache_bytes(single(*p).cache());
  return 2 * cost_of(point).bytes;  // weights as given and as packed
}

std::string text_of(const BenchPoint& point) {
  if (const auto* p = std::get_if<AttentionPoint>(&point))
    return fmt::format("decode_attention heads {}/{}, dim {}, batch {}, context {}, {}", p->shape.query_heads,
                       p->shape.kv_heads, p->shape.head_dim, p->batch, p->context, kernels::name(p->shape.kv));
  const auto& s = std::get<kernels::MatrixShape>(point);
  return fmt::format("gemm m {}, n {}, k {}, {}", s.m, s.n, s.k, kernels::name(s.element));
}

Errors bench_problems(const std::vector<BenchPoint>& points, Bytes available) {
  Errors errors;
  for (const BenchPoint& point : points) {
    const auto where = text_of(point);
    auto problems = std::visit([&](const auto& p) { return problems_of(p, where); }, point);
    if (problems.empty() && memory_of(point) > available)
      problems.push_back({where,
                          fmt::format("needs {:.2f} GiB, {:.2f} GiB of memory are available",
                                      memory_of(point).in(units::GiB), available.in(units::GiB)),
                          "choose a smaller batch or context"});
    errors.insert(errors.end(), problems.begin(), problems.end());
  }
  return errors;
}

}  // namespace roofcast::bench
