#include "hwmodels/bench/gpu_bench.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/kernels/gpu_attention.hpp"

namespace roofcast::bench {

std::string gpu_attention_kernel(kernels::GpuApi api) {
  return fmt::format("roofcast_{}", kernels::name(api));
}

Bytes gpu_memory(const kernels::GpuDevice& device) {
  return std::min(device.memory, kernels::available_memory());
}

Errors gpu_problems(const std::vector<BenchPoint>& points, const kernels::GpuDevice& device) {
  Errors errors;
  for (const BenchPoint& point : points) {
    const auto add = [&](std::string what) { errors.push_back({text_of(point), std::move(what), {}}); };
    const auto* attention = std::get_if<AttentionPoint>(&point);
    if (attention == nullptr) {
      add(fmt::format("has no kernel on {}: expected --device cpu", device.id()));
      continue;
    }
    if (attention->shape.head_dim > kernels::kMaxGpuHeadDim)
      add(fmt::format("head_dim {} on {}: expected at most {}", attention->shape.head_dim, device.id(),
                      kernels::kMaxGpuHeadDim));
    const Bytes side = memory_of(point) / 2;
    if (side > device.largest_buffer)
      add(fmt::format("K needs {:.2f} GiB in one buffer, {} allows {:.2f} GiB", side.in(units::GiB), device.id(),
                      device.largest_buffer.in(units::GiB)));
  }
  return errors;
}

Result<BenchRow> run_gpu_bench(const BenchPoint& point, const BenchOptions& options) {
  const kernels::GpuDevice& device = *options.gpu;
  const std::size_t count = operand_copies(point, options);
  Errors errors = gpu_problems({point}, device);
  if (errors.empty()) errors = bench_problems({point}, gpu_memory(device) / static_cast<double>(count));
  if (!errors.empty()) return std::unexpected(std::move(errors));

  const auto& attention = std::get<AttentionPoint>(point);
  const auto spec = attention.cache();
  const auto kernel = kernels::gpu_attention(device, spec.shape, spec.contexts, random_query(attention));
  if (!kernel) return std::unexpected(kernel.error());
  for (std::size_t i = 0; i < count; ++i) {
    const auto cache = kernels::KvCache::create(spec, i + 1);
    if (!cache) return std::unexpected(cache.error());
    if (const auto added = (*kernel)->add(*cache); !added) return std::unexpected(added.error());
  }
  std::size_t turn = 0;
  const auto timing = kernels::repeat_timed(
      [&] {
        const std::size_t now = turn;
        turn = (turn + 1) % count;
        return (*kernel)->run(now);
      },
      options.repeats);
  if (!timing) return std::unexpected(timing.error());
  return BenchRow{.point = point,
                  .kernel = gpu_attention_kernel(device.api),
                  .implementation = device.driver,
                  .threads = device.compute_units,
                  .cold = options.cold,
                  .timing = *timing};
}

}  // namespace roofcast::bench
