#include "hwmodels/kernels/gpu_plan.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "hwmodels/kernels/split_kv.hpp"

namespace roofcast::kernels {
namespace {

constexpr int kMostThreads = 256;              // every GPU of the last ten years takes a work group of so many
constexpr int kMostResults = 64;               // fp32 sums in the registers of one thread
constexpr int kLongestBlock = 32;              // tokens
constexpr int kShortestBlock = 4;              // tokens
constexpr Bytes kMostLocal = 48 * units::KiB;  // what every work group of a CUDA device may have without asking

int divided_up(int a, int b) {
  return (a + b - 1) / b;
}

/// Whole query heads per work group, threads, and how many threads share a dot product of a block.
void size_work_group(const AttentionShape& shape, int most_threads, GpuPlan& plan) {
  const int group = shape.group();
  plan.tiles = divided_up(group, std::max(1, kMostResults * most_threads / shape.head_dim));
  plan.heads = divided_up(group, plan.tiles);
  const auto results = static_cast<unsigned>(plan.heads * shape.head_dim);
  plan.threads = std::min(most_threads, std::max(64, static_cast<int>(std::bit_ceil(results))));
}

}  // namespace

std::size_t local_bytes(const GpuPlan& plan, int head_dim) {
  const auto size = [](int n) { return static_cast<std::size_t>(n); };
  const std::size_t rows = 2 * size(plan.tokens) * size(head_dim + 1);
  const std::size_t pairs = size(plan.heads) * size(plan.tokens);
  const std::size_t places = 2 * size(plan.tokens);  // 64 bits each
  return sizeof(float) * (rows + (size(plan.shares) + 1) * pairs + 3 * size(plan.heads) + places);
}

Result<GpuPlan> gpu_plan(const AttentionShape& shape, std::span<const int> contexts, const GpuDevice& device) {
  Errors errors = shape_problems(shape, "decode_attention");
  const auto add = [&](std::string what) { errors.push_back({"decode_attention", std::move(what), {}}); };
  if (shape.head_dim > kMaxGpuHeadDim)
    add(fmt::format("head_dim {} on {}: expected at most {}", shape.head_dim, device.id(), kMaxGpuHeadDim));
  if (contexts.empty()) add("an empty batch: expected at least 1 sequence");
  for (const int context : contexts)
    if (context < 1) add(fmt::format("{} cached tokens: expected at least 1", context));
  if (!errors.empty()) return std::unexpected(std::move(errors));

  GpuPlan plan;
  size_work_group(shape, std::min(kMostThreads, device.largest_group), plan);
  const auto available = static_cast<std::size_t>(std::min(device.local_memory, kMostLocal).in(units::byte));
  for (plan.tokens = kLongestBlock; plan.tokens >= kShortestBlock; plan.tokens /= 2) {
    // A divisor of head_dim, which is a multiple of 8.
    plan.shares = std::clamp(
        static_cast<int>(std::bit_floor(static_cast<unsigned>(std::max(1, plan.threads / (plan.heads * plan.tokens))))),
        1, 8);
    if (local_bytes(plan, shape.head_dim) <= available) break;
  }
  if (plan.tokens < kShortestBlock)
    return fail("decode_attention", fmt::format("{} has {:.0f} KiB of local memory for a work group: too little",
                                                device.id(), device.local_memory.in(units::KiB)));

  const auto group = static_cast<std::int32_t>(shape.group());
  for (const KvChunk& c : split_kv(shape, contexts, std::max(2, device.compute_units))) {
    const std::int32_t first_query = (c.sequence * shape.kv_heads + c.kv_head) * group;
    const bool whole = c.parts == 1;
    plan.chunks.push_back({c.sequence, c.kv_head, c.begin, c.end, first_query, whole ? -1 : c.slot});
    if (whole) continue;
    if (c.part == 0) plan.splits.push_back({first_query, c.slot, c.parts});
    ++plan.slots;
  }
  return plan;
}

}  // namespace roofcast::kernels
