#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "hwmodels/bench/gpu_bench.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/kernels/gpu_plan.hpp"
#include "hwmodels/probe/gpu_profile.hpp"

using namespace roofcast;
using namespace roofcast::kernels;
using namespace roofcast::units;

namespace {

GpuDevice round_gpu() {
  return {.name = "Round GPU",
          .vendor = "Round",
          .driver = "OpenCL 3.0",
          .memory = 16 * GiB,
          .largest_buffer = 4 * GiB,
          .cache = 32 * MiB,
          .local_memory = 32 * KiB,
          .compute_units = 64,
          .largest_group = 256};
}

}  // namespace

TEST_CASE("gpu plan: every token of every KV head is in one chunk, and split heads have all their slots", "[gpu]") {
  const std::vector<int> contexts{1, 100, 40'000};
  const auto plan = gpu_plan({.query_heads = 8, .kv_heads = 2, .head_dim = 64}, contexts, round_gpu()).value();
  std::map<std::pair<int, int>, int> tokens;
  std::vector<int> slots;
  for (const GpuChunk& c : plan.chunks) {
    tokens[{c.sequence, c.kv_head}] += c.end - c.begin;
    CHECK(c.first_query == (c.sequence * 2 + c.kv_head) * 4);
    if (c.slot >= 0) slots.push_back(c.slot);
  }
  for (int s = 0; s < 3; ++s)
    for (int h = 0; h < 2; ++h) CHECK(tokens[{s, h}] == contexts[static_cast<std::size_t>(s)]);
  std::ranges::sort(slots);
  REQUIRE(static_cast<int>(slots.size()) == plan.slots);
  for (int i = 0; i < plan.slots; ++i) CHECK(slots[static_cast<std::size_t>(i)] == i);
  int parts = 0;
  for (const GpuSplit& split : plan.splits) parts += split.parts;
  CHECK(parts == plan.slots);
  CHECK(plan.splits.size() == 2);  // of the long sequence's two KV heads
}

TEST_CASE("gpu plan: one work group serves the whole group of query heads up to its registers", "[gpu]") {
  const auto plan = [](int heads, int dim) {
    return gpu_plan({.query_heads = heads, .kv_heads = 1, .head_dim = dim}, std::vector{100}, round_gpu()).value();
  };
  CHECK(plan(64, 256).tiles == 1);  // 64 x 256 results = 64 for each of 256 threads
  CHECK(plan(128, 128).tiles == 1);
  CHECK(plan(65, 256).tiles == 2);
  CHECK(plan(65, 256).heads == 33);  // as even as can be
  CHECK(plan(1, 64).threads == 64);
}

TEST_CASE("gpu plan: blocks fit the local memory of a work group for every shape", "[gpu]") {
  for (int dim = 8; dim <= kMaxGpuHeadDim; dim += 8)
    for (const int group : {1, 2, 7, 8, 16, 64, 71, 128}) {
      const AttentionShape shape{.query_heads = group, .kv_heads = 1, .head_dim = dim};
      const auto plan = gpu_plan(shape, std::vector{100}, round_gpu()).value();
      INFO("head_dim " << dim << ", group " << group << ", " << plan.tokens << " tokens");
      CHECK(local_bytes(plan, dim) <= 32 * 1024);
      CHECK(plan.heads * plan.tiles >= group);
      CHECK(dim % plan.shares == 0);
    }
}

TEST_CASE("gpu plan: what the kernels cannot take is refused with every reason", "[gpu][errors]") {
  const auto plan = gpu_plan({.query_heads = 3, .kv_heads = 2, .head_dim = 320}, std::vector{10, 0}, round_gpu());
  REQUIRE_FALSE(plan.has_value());
  REQUIRE(plan.error().size() == 3);
  CHECK(plan.error()[1].what == "head_dim 320 on opencl:0: expected at most 256");
  CHECK(plan.error()[2].what == "0 cached tokens: expected at least 1");
  auto small = round_gpu();
  small.local_memory = 1 * KiB;
  CHECK(gpu_plan({.head_dim = 128}, std::vector{10}, small).error().at(0).what ==
        "opencl:0 has 1 KiB of local memory for a work group: too little");
}

TEST_CASE("bench on a GPU: other operators and buffers over its limit are told before anything is made", "[gpu]") {
  const std::vector<bench::BenchPoint> points{
      kernels::MatrixShape{}, bench::AttentionPoint{.batch = 64, .context = 1 << 20},
      bench::AttentionPoint{.shape = {.query_heads = 2, .kv_heads = 2, .head_dim = 512}, .context = 8}};
  const auto errors = bench::gpu_problems(points, round_gpu());
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].what == "has no kernel on opencl:0: expected --device cpu");
  // 64 x 2^20 tokens x 128 x 4 bytes = 32 GiB of K
  CHECK(errors[1].what == "K needs 32.00 GiB in one buffer, opencl:0 allows 4.00 GiB");
  CHECK(errors[2].what == "head_dim 512 on opencl:0: expected at most 256");
}

TEST_CASE("a probed GPU is a profile that reads back, with no peak that was not measured", "[gpu][probe]") {
  CHECK(probe::copy_buffer(round_gpu()) == 128 * MiB);  // 4 x 32 MiB of cache
  const Device device =
      probe::gpu_profile(round_gpu(), {.copy = 512.34567 * GB / s, .multiply = 12.345678 * TFLOP / s}, "2026-01-02");
  CHECK(device.id == "opencl-0");
  CHECK(device.bandwidth.in(GB / s) == Approx(512.3));
  CHECK(device.peaks.fp32->in(TFLOP / s) == Approx(12.35));
  CHECK_FALSE(device.peaks.bf16.has_value());
  const auto read = parse_device(device_json(device), "gpu.json");
  if (!read) FAIL(read.error().at(0).where << " " << read.error()[0].what);
  CHECK(*read == device);
}
