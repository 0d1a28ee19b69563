#pragma once

#include <functional>
#include <vector>

#include "hwmodels/bench/bench_row.hpp"

namespace roofcast::bench {

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
