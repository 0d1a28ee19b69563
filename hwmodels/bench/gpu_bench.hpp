#pragma once

#include <string>
#include <vector>

#include "hwmodels/bench/bench_run.hpp"

namespace roofcast::bench {

/// "roofcast_opencl", "roofcast_cuda"
[[nodiscard]] std::string gpu_attention_kernel(kernels::GpuApi api);

/// Memory that points may take: the cache is made here and copied there.
[[nodiscard]] Bytes gpu_memory(const kernels::GpuDevice& device);

/// What this device cannot take, beside what nothing can (bench_problems): operators without a kernel, long heads, a
/// K or V larger than one allocation.
[[nodiscard]] Errors gpu_problems(const std::vector<BenchPoint>& points, const kernels::GpuDevice& device);

/// Measures a point on `options.gpu`, by the device's clock. @pre options.gpu
[[nodiscard]] Result<BenchRow> run_gpu_bench(const BenchPoint& point, const BenchOptions& options);

}  // namespace roofcast::bench
