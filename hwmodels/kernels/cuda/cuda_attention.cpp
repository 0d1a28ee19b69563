#include <cmath>
#include <utility>

#include "hwmodels/kernels/cache_sides.hpp"
#include "hwmodels/kernels/cuda/cuda_devices.hpp"
#include "hwmodels/kernels/cuda/cuda_launch.hpp"
#include "hwmodels/kernels/cuda/cuda_objects-inl.h"

namespace roofcast::kernels {
namespace {

/// What decode_attention.cu calls an element.
int element_number(KvElement e) {
  switch (e) {
    case KvElement::fp32:
      return 0;
    case KvElement::bf16:
      return 1;
    case KvElement::fp16:
      return 2;
    case KvElement::int8:
      return 3;
  }
  return -1;
}

/// Owners of what a call points to.
struct CudaCache {
  CudaMemory keys{}, values{}, key_scales{}, value_scales{}, pages{};
  CudaAttentionCall call{};
};

template <class T>
T* pointer(const CudaMemory& memory) {
  return static_cast<T*>(memory.get());
}

class CudaAttention final : public GpuAttention {
 public:
  CudaAttention(const AttentionShape& shape, GpuPlan plan, CudaStopwatch watch)
      : shape_{shape}, plan_{std::move(plan)}, watch_{std::move(watch)} {}

  [[nodiscard]] Result<void> prepare(std::span<const float> query) {
    const std::size_t part =
        static_cast<std::size_t>(shape_.group()) * static_cast<std::size_t>(shape_.head_dim + 2) * sizeof(float);
    Errors errors;
    keep(query_, cuda_filled(query), errors);
    keep(out_, cuda_buffer(query.size_bytes()), errors);
    keep(parts_, cuda_buffer(static_cast<std::size_t>(plan_.slots) * part), errors);
    keep(chunks_, cuda_filled(std::span<const GpuChunk>(plan_.chunks)), errors);
    keep(splits_, cuda_filled(std::span<const GpuSplit>(plan_.splits)), errors);
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return {};
  }

  [[nodiscard]] Result<void> add(const KvCache& cache) override {
    const CacheSides sides = cache_sides(cache);
    CudaCache copy;
    Errors errors;
    keep(copy.keys, cuda_filled(sides.keys), errors);
    keep(copy.values, cuda_filled(sides.values), errors);
    keep(copy.key_scales, cuda_filled(sides.key_scales), errors);
    keep(copy.value_scales, cuda_filled(sides.value_scales), errors);
    keep(copy.pages, cuda_filled(sides.view.pages), errors);
    if (!errors.empty()) return std::unexpected(std::move(errors));
    copy.call = call_of(copy, sides);
    caches_.push_back(std::move(copy));
    return {};
  }

  [[nodiscard]] Result<Seconds> run(std::size_t cache) override {
    return watch_.time([&] { return launch_attention(caches_.at(cache).call); });
  }

  [[nodiscard]] Result<void> read(std::span<float> out) override {
    const auto code = cudaMemcpy(out.data(), out_.get(), out.size_bytes(), cudaMemcpyDeviceToHost);
    if (code != cudaSuccess) return cuda_failure("cudaMemcpy", code);
    return {};
  }

 private:
  static void keep(CudaMemory& place, Result<CudaMemory> made, Errors& errors) {
    if (made)
      place = std::move(*made);
    else
      errors.insert(errors.end(), made.error().begin(), made.error().end());
  }

  [[nodiscard]] CudaAttentionCall call_of(const CudaCache& c, const CacheSides& sides) const {
    const std::size_t skew = sides.skew * element_bytes(shape_.kv);
    const bool scaled = shape_.kv == KvElement::int8;
    return {.keys = pointer<std::byte>(c.keys) + skew,
            .values = pointer<std::byte>(c.values) + skew,
            .key_scales = scaled ? pointer<float>(c.key_scales) : nullptr,
            .value_scales = scaled ? pointer<float>(c.value_scales) : nullptr,
            .query = pointer<float>(query_),
            .chunks = pointer<std::int32_t>(chunks_),
            .splits = pointer<std::int32_t>(splits_),
            .pages = pointer<std::int32_t>(c.pages),
            .out = pointer<float>(out_),
            .parts = pointer<float>(parts_),
            .page_stride = sides.view.keys.page_stride,
            .head_stride = sides.view.keys.head_stride,
            .token_stride = sides.view.keys.token_stride,
            .page_tokens = sides.view.page_tokens,
            .pages_per_sequence = sides.view.pages_per_sequence,
            .element = element_number(shape_.kv),
            .head_dim = shape_.head_dim,
            .group = shape_.group(),
            .heads = plan_.heads,
            .tokens = plan_.tokens,
            .threads = plan_.threads,
            .shares = plan_.shares,
            .tiles = plan_.tiles,
            .chunk_count = static_cast<int>(plan_.chunks.size()),
            .split_count = static_cast<int>(plan_.splits.size()),
            .local_bytes = static_cast<unsigned>(local_bytes(plan_, shape_.head_dim)),
            .scale = 1.0f / std::sqrt(static_cast<float>(shape_.head_dim))};
  }

  AttentionShape shape_;
  GpuPlan plan_;
  CudaStopwatch watch_;
  CudaMemory query_{}, out_{}, parts_{}, chunks_{}, splits_{};
  std::vector<CudaCache> caches_{};
};

}  // namespace

Result<std::unique_ptr<GpuAttention>> cuda_attention(const GpuDevice& device, const AttentionShape& shape,
                                                     const GpuPlan& plan, std::span<const float> query) {
  if (const auto code = cudaSetDevice(device.number); code != cudaSuccess) return cuda_failure("cudaSetDevice", code);
  auto watch = CudaStopwatch::create();
  if (!watch) return std::unexpected(watch.error());
  auto attention = std::make_unique<CudaAttention>(shape, plan, std::move(*watch));
  if (const auto done = attention->prepare(query); !done) return std::unexpected(done.error());
  return attention;
}

}  // namespace roofcast::kernels
