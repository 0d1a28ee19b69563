#include "hwmodels/bench/bench_run.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "hwmodels/bench/gpu_bench.hpp"
#include "hwmodels/kernels/core_watch.hpp"
#include "hwmodels/kernels/decode_attention.hpp"
#include "hwmodels/kernels/simd_target.hpp"

namespace roofcast::bench {
std::size_t operand_copies(const BenchPoint& point, const BenchOptions& options) {
  if (!options.cold) return 1;
  return 1 + static_cast<std::size_t>(std::ceil(options.cache / cost_of(point).bytes));
}

std::vector<float> random_query(const AttentionPoint& point) {
  std::vector<float> query(static_cast<std::size_t>(point.batch) * static_cast<std::size_t>(point.shape.query_heads) *
                           static_cast<std::size_t>(point.shape.head_dim));
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  for (float& q : query) q = normal(random);
  return query;
}

namespace {

Result<BenchRow> measure(const AttentionPoint& point, const BenchOptions& options) {
  const auto spec = point.cache();
  kernels::ThreadTeam team(options.threads);
  auto kernel = kernels::DecodeAttention::create(spec.shape, spec.contexts, team);
  if (!kernel) return std::unexpected(kernel.error());

  const std::size_t count = operand_copies(point, options);
  if (auto errors = bench_problems({point}, kernels::available_memory() / static_cast<double>(count)); !errors.empty())
    return std::unexpected(std::move(errors));
  std::vector<kernels::KvCache> caches;
  std::vector<kernels::KvCacheView> views;
  for (std::size_t i = 0; i < count; ++i) {
    auto cache = kernels::KvCache::create(spec, i + 1);
    if (!cache) return std::unexpected(cache.error());
    caches.push_back(std::move(*cache));
  }
  for (const auto& cache : caches) views.push_back(cache.view());

  const std::vector<float> query = random_query(point);
  std::vector<float> out(query.size());

  std::size_t turn = 0;
  BenchRow row{.point = point,
               .kernel = std::string(kCpuAttentionKernel),
               .implementation = std::string(kernels::simd_target()),
               .threads = team.size(),
               .cold = options.cold,
               .huge_pages = caches.front().huge_share()};
  const auto run = [&] {
    kernel->run(query, views[turn], out);
    turn = (turn + 1) % views.size();
  };
  const bool fits = !options.cold && cost_of(point).bytes <= options.cache;
  std::optional<probe::MemoryBeside> memory;
  if (options.watch) memory.emplace(*options.watch, team);
  row.timing = kernels::repeat(run, options.repeats, [&] {
    // What a cache held of warm operands must be there again.
    if (memory && memory->look_before_run() && fits) run();
    return kernels::ready(team, options.repeats);
  });
  if (memory) row.memory = memory->typical();
  return row;
}

Result<BenchRow> measure(const kernels::MatrixShape& shape, const BenchOptions& options) {
  std::vector<kernels::MatrixProduct> products;
  const std::size_t count = operand_copies(shape, options);
  if (auto errors = bench_problems({shape}, kernels::available_memory() / static_cast<double>(count)); !errors.empty())
    return std::unexpected(std::move(errors));
  for (std::size_t i = 0; i < count; ++i) {
    auto product = kernels::MatrixProduct::create(shape, options.threads, i + 1);
    if (!product) return std::unexpected(product.error());
    products.push_back(std::move(*product));
  }
  std::size_t turn = 0;
  BenchRow row{.point = shape,
               .kernel = std::string(kCpuMatrixKernel),
               .implementation = kernels::matrix_product_library() + ' ' + products.front().implementation(),
               .threads = options.threads,
               .cold = options.cold};
  row.timing = kernels::repeat(
      [&] {
        products[turn].run();
        turn = (turn + 1) % products.size();
      },
      options.repeats);
  return row;
}

}  // namespace

Errors bench_problems(const std::vector<BenchPoint>& points, const BenchOptions& options) {
  if (!options.gpu) return bench_problems(points, kernels::available_memory());
  Errors errors = gpu_problems(points, *options.gpu);
  return errors.empty() ? bench_problems(points, gpu_memory(*options.gpu)) : errors;
}

Result<BenchRow> run_bench(const BenchPoint& point, const BenchOptions& options) {
  if (options.gpu) return run_gpu_bench(point, options);
  return std::visit([&](const auto& p) { return measure(p, options); }, point);
}

}  // namespace roofcast::bench
