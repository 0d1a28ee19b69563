#pragma once

#include <memory>
#include <span>

#include "core/result.hpp"
#include "hwmodels/kernels/gpu_device.hpp"
#include "hwmodels/kernels/gpu_plan.hpp"
#include "hwmodels/kernels/kv_cache.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::kernels {

/// Decode attention on a GPU, planned once for a batch: the same operator as DecodeAttention, behind one interface for
/// all drivers.
class GpuAttention {
 public:
  virtual ~GpuAttention() = default;

  /// Copies a cache of the planned shape and batch to the device, beside those that are there.
  [[nodiscard]] virtual Result<void> add(const KvCache& cache) = 0;
  /// One run over the cache that was added so manieth; how long by the device's clock, from the first kernel's start
  /// to the last one's end.
  [[nodiscard]] virtual Result<Seconds> run(std::size_t cache) = 0;
  /// What the last run made. out: [batch][query_heads][head_dim]
  [[nodiscard]] virtual Result<void> read(std::span<float> out) = 0;
};

/// query: [batch][query_heads][head_dim]. Refuses what the kernel cannot take before it allocates.
[[nodiscard]] Result<std::unique_ptr<GpuAttention>> gpu_attention(const GpuDevice& device, const AttentionShape& shape,
                                                                  std::span<const int> contexts,
                                                                  std::span<const float> query);

/// What simple kernels reach.
struct GpuCeilings {
  BytesPerSecond copy{};      ///< bytes read and bytes written, both counted
  FlopsPerSecond multiply{};  ///< fp32 multiply-adds out of registers, without matrix units
  Timing copy_timing{};
  Timing multiply_timing{};
};

/// `buffer` is what is copied: more than the caches hold.
[[nodiscard]] Result<GpuCeilings> gpu_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy);

}  // namespace roofcast::kernels
