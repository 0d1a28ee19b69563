#pragma once

#include <functional>
#include <vector>

#include "hwmodels/bench/bench_row.hpp"

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
};

/// Measures one point. Refuses what the kernel cannot take before it allocates.
[[nodiscard]] Result<BenchRow> run_bench(const BenchPoint& point, const BenchOptions& options);

}  // namespace roofcast::bench
