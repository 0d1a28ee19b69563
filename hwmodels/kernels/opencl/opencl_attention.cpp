#include "hwmodels/kernels/opencl/opencl_attention.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hwmodels/kernels/cache_sides.hpp"
#include "hwmodels/kernels/opencl/cl_objects-inl.h"
#include "hwmodels/kernels/opencl/opencl_sources.hpp"

namespace roofcast::kernels {
namespace {

/// What decode_attention.cl calls an element.
int element_number(KvElement e) {
  switch (e) {
    case KvElement::fp32:
      return 32;
    case KvElement::fp16:
      return 16;
    case KvElement::bf16:
      return 17;
    case KvElement::int8:
      return 8;
  }
  return 0;
}

std::string build_options(const AttentionShape& shape, const GpuPlan& plan) {
  return fmt::format("-DHEAD_DIM={} -DGROUP={} -DHEADS={} -DTOKENS={} -DTHREADS={} -DSHARES={} -DELEMENT={}",
                     shape.head_dim, shape.group(), plan.heads, plan.tokens, plan.threads, plan.shares,
                     element_number(shape.kv));
}

/// A cache on the device.
struct ClCache {
  ClOwner<cl_mem> keys{}, values{}, key_scales{}, value_scales{}, pages{};
  KvRows rows{};  ///< strides alone
  cl_long skew = 0;
  cl_int page_tokens = 0;
  cl_int pages_per_sequence = 0;
};

class OpenclAttention final : public GpuAttention {
 public:
  OpenclAttention(ClSession session, const AttentionShape& shape, GpuPlan plan)
      : session_{std::move(session)}, shape_{shape}, plan_{std::move(plan)} {}

  [[nodiscard]] Result<void> prepare(std::span<const float> query) {
    const auto program = session_.program(decode_attention_cl(), build_options(shape_, plan_));
    if (!program) return std::unexpected(program.error());
    const auto group = static_cast<std::size_t>(shape_.group());
    const std::size_t part = group * static_cast<std::size_t>(shape_.head_dim + 2);
    Errors errors;
    const auto keep = [&](auto& place, auto made) {
      if (made)
        place = std::move(*made);
      else
        errors.insert(errors.end(), made.error().begin(), made.error().end());
    };
    keep(attend_, cl_kernel_of(*program, "attend"));
    keep(combine_, cl_kernel_of(*program, "combine"));
    keep(query_, session_.filled(query));
    keep(out_, session_.buffer(query.size_bytes()));
    keep(parts_, session_.buffer(static_cast<std::size_t>(plan_.slots) * part * sizeof(float)));
    keep(chunks_, session_.filled(std::span<const GpuChunk>(plan_.chunks)));
    keep(splits_, session_.filled(std::span<const GpuSplit>(plan_.splits)));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return set_arguments(combine_.get(), splits_.get(), parts_.get(), out_.get());
  }

  [[nodiscard]] Result<void> add(const KvCache& cache) override {
    const CacheSides sides = cache_sides(cache);
    ClCache copy{.rows = sides.view.keys,
                 .skew = static_cast<cl_long>(sides.skew),
                 .page_tokens = sides.view.page_tokens,
                 .pages_per_sequence = sides.view.pages_per_sequence};
    Errors errors;
    const auto keep = [&](ClOwner<cl_mem>& place, Result<ClOwner<cl_mem>> made) {
      if (made)
        place = std::move(*made);
      else
        errors.insert(errors.end(), made.error().begin(), made.error().end());
    };
    keep(copy.keys, session_.filled(sides.keys));
    keep(copy.values, session_.filled(sides.values));
    keep(copy.key_scales, session_.filled(sides.key_scales));
    keep(copy.value_scales, session_.filled(sides.value_scales));
    keep(copy.pages, session_.filled(sides.view.pages));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    caches_.push_back(std::move(copy));
    return {};
  }

  [[nodiscard]] Result<Seconds> run(std::size_t cache) override {
    const ClCache& c = caches_.at(cache);
    const auto stride = [](std::ptrdiff_t elements) { return static_cast<cl_long>(elements); };
    const cl_float scale = 1.0f / std::sqrt(static_cast<float>(shape_.head_dim));
    const auto set = set_arguments(attend_.get(), c.keys.get(), c.values.get(), c.key_scales.get(),
                                   c.value_scales.get(), query_.get(), chunks_.get(), c.pages.get(), out_.get(),
                                   parts_.get(), c.skew, stride(c.rows.page_stride), stride(c.rows.head_stride),
                                   stride(c.rows.token_stride), c.page_tokens, c.pages_per_sequence, scale);
    if (!set) return std::unexpected(set.error());
    const auto threads = static_cast<std::size_t>(plan_.threads);
    const auto attended =
        session_.enqueue(attend_.get(), plan_.chunks.size() * threads, static_cast<std::size_t>(plan_.tiles), threads);
    if (!attended) return std::unexpected(attended.error());
    if (plan_.splits.empty()) return session_.elapsed(attended->get(), attended->get());
    const std::size_t results = plan_.splits.size() * static_cast<std::size_t>(shape_.group() * shape_.head_dim);
    const auto combined = session_.enqueue(combine_.get(), results, 1, 0);
    if (!combined) return std::unexpected(combined.error());
    return session_.elapsed(attended->get(), combined->get());
  }

  [[nodiscard]] Result<void> read(std::span<float> out) override { return session_.read(out_.get(), out); }

 private:
  ClSession session_;  // outlives what was made with it
  AttentionShape shape_;
  GpuPlan plan_;
  ClOwner<cl_kernel> attend_{}, combine_{};
  ClOwner<cl_mem> query_{}, out_{}, parts_{}, chunks_{}, splits_{};
  std::vector<ClCache> caches_{};
};

}  // namespace

Result<std::unique_ptr<GpuAttention>> opencl_attention(const GpuDevice& device, const AttentionShape& shape,
                                                       const GpuPlan& plan, std::span<const float> query) {
  auto session = ClSession::create(device);
  if (!session) return std::unexpected(session.error());
  auto attention = std::make_unique<OpenclAttention>(std::move(*session), shape, plan);
  if (const auto done = attention->prepare(query); !done) return std::unexpected(done.error());
  return attention;
}

}  // namespace roofcast::kernels
