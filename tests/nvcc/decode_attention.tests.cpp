#include <catch2/catch.hpp>

#include "tests/support/gpu_case.hpp"
#include "tests/support/program_run.hpp"

using namespace roofcast;
using namespace roofcast::kernels;
using roofcast::test::check_on_gpu;
using roofcast::test::first_cuda_device;

TEST_CASE("CUDA: the kernel agrees with its double twin", "[gpu]") {
  const auto gpu = first_cuda_device();
  if (!gpu) return;
  for (const KvElement e : kKvElements)
    for (const int group : {1, 4, 8, 71})
      for (const int page : {0, 16})
        check_on_gpu({.shape = {.query_heads = 2 * group, .kv_heads = 2, .head_dim = 128, .window = 700, .kv = e},
                      .contexts = {1, 17, 333, 3000},
                      .page_tokens = page,
                      .skew = 1},
                     *gpu);
  for (const int dim : {8, 64, 80, 96, 192, 256})
    check_on_gpu(
        {.shape = {.query_heads = 8, .kv_heads = 1, .head_dim = dim, .kv = KvElement::bf16}, .contexts = {197}}, *gpu);
}

TEST_CASE("CUDA: where there is no driver, one line says so", "[gpu][errors]") {
  for (const auto& device : gpu_devices())
    if (device.api == GpuApi::cuda) return;
  const auto done = tests::run({"bench", "--device", "cuda:0"});
  CHECK(done.code == cli::Exit::unsupported);
  CHECK(done.out.empty());
  CHECK(done.err.starts_with("roofcast: --device: 'cuda:0' is not a device here: no CUDA driver answers (use cpu"));
}
