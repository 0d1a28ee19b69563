#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "hwmodels/bench/bench_row.hpp"
#include "hwmodels/kernels/gpu_device.hpp"
#include "hwmodels/probe/memory_watch.hpp"

namespace roofcast::bench {

/// What runs on a CPU, by operator: this project's attention, and oneDNN's matrix products.
inline constexpr std::string_view kCpuAttentionKernel = "roofcast_cpu";
inline constexpr std::string_view kCpuMatrixKernel = "onednn";

/// How to measure.
struct BenchOptions {
  int threads = 1;
  bool cold = false;              ///< copies of the operands take turns, so that none is in a cache when its turn comes
  Bytes cache = 64 * units::MiB;  ///< what cold operands must push out together
  kernels::RepeatPolicy repeats{};
  std::shared_ptr<probe::MemoryWatch> watch{};  ///< of the CPU, looked at beside each row; none: rows do not say it
  std::optional<kernels::GpuDevice> gpu{};      ///< where to run; none: on the CPU
};

/// How many operands take turns: each must be out of the cache before it comes round.
[[nodiscard]] std::size_t operand_copies(const BenchPoint& point, const BenchOptions& options);

/// A query of random values: [batch][query_heads][head_dim].
[[nodiscard]] std::vector<float> random_query(const AttentionPoint& point);

/// Everything that this device cannot take, told before anything is allocated: what the kernels cannot, and sizes over
/// its memory.
[[nodiscard]] Errors bench_problems(const std::vector<BenchPoint>& points, const BenchOptions& options);

/// Measures one point. Refuses what the kernel cannot take before it allocates.
[[nodiscard]] Result<BenchRow> run_bench(const BenchPoint& point, const BenchOptions& options);

}  // namespace roofcast::bench
