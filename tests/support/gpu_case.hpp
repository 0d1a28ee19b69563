#pragma once

#include <catch2/catch.hpp>

#include <optional>

#include "hwmodels/kernels/gpu_attention.hpp"
#include "tests/support/attention_case.hpp"

namespace roofcast::test {

/// Where GPU tests run. Without a driver there is nothing to test, which is said.
inline std::optional<kernels::GpuDevice> first_opencl_device() {
  for (const auto& device : kernels::gpu_devices())
    if (device.api == kernels::GpuApi::opencl) return device;
  WARN("no OpenCL device here: nothing to test (install pocl-opencl-icd to run these tests on the CPU)");
  return std::nullopt;
}

inline std::optional<kernels::GpuDevice> first_cuda_device() {
  for (const auto& device : kernels::gpu_devices())
    if (device.api == kernels::GpuApi::cuda) return device;
  WARN("no NVIDIA GPU here: the CUDA kernel was compiled, not run");
  return std::nullopt;
}

inline void run_on_gpu(AttentionCase& c, const kernels::GpuDevice& device) {
  const auto kernel = kernels::gpu_attention(device, c.spec().shape, c.spec().contexts, c.query);
  if (!kernel) FAIL(kernel.error().at(0).where << ": " << kernel.error()[0].what);
  REQUIRE((*kernel)->add(c.cache).has_value());
  CHECK((*kernel)->run(0).value() > Seconds{});
  REQUIRE((*kernel)->read(c.out).has_value());
}

/// The bound is that of the CPU's kernel, with what drivers may add: exp errs by 3 ulp (6 u) instead of 4 u, in
/// numerator and denominator.
inline void check_on_gpu(const kernels::KvCacheSpec& spec, const kernels::GpuDevice& device) {
  AttentionCase c(spec);
  run_on_gpu(c, device);
  c.run_reference();
  INFO("head_dim " << spec.shape.head_dim << ", heads " << spec.shape.query_heads << "/" << spec.shape.kv_heads << ", "
                   << kernels::name(spec.shape.kv) << ", window " << spec.shape.window << ", pages of "
                   << spec.page_tokens << " on " << device.name);
  CHECK(c.error() <= c.tolerance() + 2 * 2 * 0x1p-24);
}

}  // namespace roofcast::test
