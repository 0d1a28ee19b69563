#include <catch2/catch.hpp>

#include <limits>

#include "tests/support/gpu_case.hpp"

// Drivers take a second or so to compile a kernel, and keep it: most tests here share one shape per element.

using namespace roofcast;
using namespace roofcast::kernels;
using roofcast::test::AttentionCase;
using roofcast::test::check_on_gpu;
using roofcast::test::first_opencl_device;
using roofcast::test::run_on_gpu;

TEST_CASE("OpenCL: attention over one token is its value", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  AttentionCase c({.shape = {.query_heads = 8, .kv_heads = 2, .head_dim = 64}, .contexts = {1}});
  run_on_gpu(c, *gpu);
  const auto* values = reinterpret_cast<const float*>(c.cache.view().values.data);
  for (std::size_t h = 0; h < 8; ++h)
    for (std::size_t d = 0; d < 64; ++d) CHECK(c.out[h * 64 + d] == values[h / 4 * 64 + d]);
}

TEST_CASE("OpenCL: the kernel agrees with its double twin for every head size", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  for (const int dim : {8, 80, 128, 256})
    check_on_gpu(
        {.shape = {.query_heads = 4, .kv_heads = 2, .head_dim = dim, .kv = KvElement::fp16}, .contexts = {197}}, *gpu);
}

TEST_CASE("OpenCL: the kernel agrees with its double twin for MHA, GQA and MQA and every element", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  const auto check = [&](int group, KvElement e) {
    check_on_gpu({.shape = {.query_heads = 2 * group, .kv_heads = 2, .head_dim = 64, .kv = e}, .contexts = {130, 61}},
                 *gpu);
  };
  for (const KvElement e : kKvElements) check(4, e);
  check(1, KvElement::fp16);
  check(7, KvElement::fp16);
}

TEST_CASE("OpenCL: a group over the registers of a work group is cut into tiles without losing a head", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  GpuDevice narrow = *gpu;
  narrow.largest_group = 64;
  const KvCacheSpec spec{.shape = {.query_heads = 17, .kv_heads = 1, .head_dim = 256, .kv = KvElement::fp16},
                         .contexts = {70}};
  REQUIRE(gpu_plan(spec.shape, spec.contexts, narrow).value().tiles == 2);  // 9 heads and 8
  check_on_gpu(spec, narrow);
}

TEST_CASE("OpenCL: paged, windowed and misaligned caches change nothing but where rows lie", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  for (const KvElement e : kKvElements)
    for (const int page : {0, 16})
      for (const auto order : {KvOrder::heads_first, KvOrder::tokens_first})
        check_on_gpu({.shape = {.query_heads = 8, .kv_heads = 2, .head_dim = 64, .window = 301, .kv = e},
                      .contexts = {1, 15, 16, 17, 64, 333, 500},
                      .page_tokens = page,
                      .order = order,
                      .skew = e == KvElement::int8 ? 3 : 1},
                     *gpu);
}

TEST_CASE("OpenCL: long sequences are split over work groups, short ones beside them are not", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  const KvCacheSpec spec{.shape = {.query_heads = 4, .kv_heads = 1, .head_dim = 64, .kv = KvElement::bf16},
                         .contexts = {3000, 5}};
  const auto plan = gpu_plan(spec.shape, spec.contexts, *gpu).value();
  REQUIRE(plan.splits.size() == 1);
  REQUIRE(plan.chunks.size() > 2);
  check_on_gpu(spec, *gpu);
}

TEST_CASE("OpenCL: scores far apart neither overflow nor lose the largest", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  AttentionCase c({.shape = {.query_heads = 4, .kv_heads = 1, .head_dim = 64}, .contexts = {700}});
  for (float& q : c.query) q *= 1e4f;
  run_on_gpu(c, *gpu);
  for (const float x : c.out) CHECK(std::fabs(x) <= 1.0f);
}

TEST_CASE("OpenCL: a NaN in a query, a key or a value shows in the result", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const KvCacheSpec spec{.shape = {.query_heads = 4, .kv_heads = 1, .head_dim = 64}, .contexts = {700}};
  AttentionCase by_query(spec);
  by_query.query[5] = nan;
  run_on_gpu(by_query, *gpu);
  CHECK(std::isnan(by_query.out[0]));
  CHECK_FALSE(std::isnan(by_query.out[64]));
  for (const std::size_t token : {0u, 350u, 699u}) {
    AttentionCase by_key(spec);
    reinterpret_cast<float*>(by_key.cache.elements().data())[token * 64 + 9] = nan;
    run_on_gpu(by_key, *gpu);
    CHECK(std::ranges::all_of(by_key.out, [](float x) { return std::isnan(x); }));
    AttentionCase by_value(spec);
    reinterpret_cast<float*>(by_value.cache.elements().data())[(700 + token) * 64 + 9] = nan;
    run_on_gpu(by_value, *gpu);
    CHECK(std::isnan(by_value.out[9]));
    CHECK_FALSE(std::isnan(by_value.out[8]));
  }
}
