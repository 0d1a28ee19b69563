#include <cmath>

#include <catch2/catch.hpp>

#include "core/activations.hpp"
#include "core/captured_graphs.hpp"
#include "core/memory_budget.hpp"
#include "core/weights.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

constexpr Bytes kCapacity = 79.22 * GiB;

MemorySettings settings(double utilization) {
  return {.capacity = kCapacity, .utilization = utilization, .batched_tokens = 8192, .sequences = 256};
}

MemoryBudget budget(const Engine& e, double utilization, const Deployment& d = {}) {
  return memory_budget(llama_3_1_8b(), d, 0, e, settings(utilization));
}

}  // namespace

TEST_CASE("vLLM: a fraction of all memory, minus everything else (M6)", "[core][memory]") {
  const MemoryBudget b = budget(vllm(), 0.9);
  CHECK(b.usable.in(byte) == std::ceil(0.9 * 79.22 * GiB.in(byte)));
  CHECK(b.weights == weight_bytes(llama_3_1_8b()));
  CHECK(b.collectives == Bytes{});  // one GPU talks to nobody
  CHECK(b.overhead == b.context + b.activations + b.graphs);
  CHECK(b.kv_pool == b.usable - b.weights - b.overhead);
}

TEST_CASE("ranks that talk pay for communication buffers (M6)", "[core][memory]") {
  CHECK(budget(vllm(), 0.9, {.tp = 2}).collectives == vllm().collectives);
  CHECK(budget(vllm(), 0.9, {.pp = 2}).collectives == vllm().collectives);
  CHECK(budget(vllm(), 0.9, {.dp = 2}).collectives == Bytes{});
}

TEST_CASE("SGLang: weights and cache fill a fraction of what was free before loading (M6)", "[core][memory]") {
  const MemoryBudget b = budget(sglang(), 0.85);
  CHECK(b.usable.in(GiB) == Approx(0.85 * (79.22 - 0.5)));
  CHECK(b.kv_pool == b.usable - b.weights);
  CHECK(b.overhead == Bytes{});  // activations and graphs live outside the fraction
}

TEST_CASE("SGLang's automatic fraction reserves for prefill chunks, ranks and graphs (M6)", "[core][memory]") {
  // 24 GiB: 512 + 1.5 x 2048 + 1024 / 8 + 512 = 4224 MiB of 24,576
  CHECK(static_fraction(24.0 * GiB, 2048, 1, 512.0 * MiB) == Approx(0.828));
  // A shorter chunk than 2048 reserves no less.
  CHECK(static_fraction(24.0 * GiB, 512, 1, 512.0 * MiB) == Approx(0.828));
  // 80 GiB: 3712 MiB would do, but above 60 GiB at least 10,240 are kept: 1 - 1/8.
  CHECK(static_fraction(80.0 * GiB, 2048, 1, {}) == Approx(0.875));
  // 80 GiB, chunks of 8192, 8 ranks: 512 + 12,288 + 1024 = 13,824 MiB of 81,920
  CHECK(static_fraction(80.0 * GiB, 8192, 8, {}) == Approx(0.831));
  CHECK(budget(sglang(), 0).utilization == static_fraction(kCapacity, 8192, 1, 0.5 * GiB));
}

TEST_CASE("TensorRT-LLM: a fraction of what is free after weights and activations (M6)", "[core][memory]") {
  const MemoryBudget b = budget(trtllm(), 0.9);
  CHECK(b.kv_pool.in(byte) == Approx((0.9 * (kCapacity - b.weights - b.overhead)).in(byte)));
  CHECK((b.usable - b.weights - b.overhead).in(byte) == Approx(b.kv_pool.in(byte)));
}

TEST_CASE("the same fraction of total and of free differ by its share of what is used (M6)", "[core][memory]") {
  // 0.9 M - used against 0.9 (M - used): 0.1 x used apart.
  const MemoryBudget total = budget(vllm(), 0.9), free = budget(trtllm(), 0.9);
  CHECK((free.kv_pool - total.kv_pool).in(GiB) == Approx(0.1 * (total.weights + total.overhead).in(GiB)));
}

TEST_CASE("llama.cpp: the whole device (M6)", "[core][memory]") {
  const MemoryBudget b = budget(llamacpp(), 0.5);
  CHECK(b.utilization == 1);
  CHECK(b.usable == Bytes{std::floor(kCapacity.in(byte))});  // whole bytes
  CHECK(b.kv_pool == b.usable - b.weights - b.overhead);
}

TEST_CASE("weights that exceed the device leave an empty pool, and are still told (M6)", "[core][memory]") {
  for (const Engine& e : {vllm(), sglang(), trtllm(), llamacpp()}) {
    CAPTURE(e.name);
    const MemoryBudget b = memory_budget(llama_3_1_405b(), {}, 0, e, settings(0.9));
    CHECK_FALSE(b.weights_fit());
    CHECK(b.kv_pool == Bytes{});
    CHECK(b.weights.in(byte) == 2 * 405'853'388'800.0);
  }
}

TEST_CASE("the activation peak is the widest layer, or the logits of a sampled batch (M10)", "[core][memory]") {
  // Llama-3.1-8B: 8192 tokens x (3 x 4096 + gate and up 28,672 + product 14,336) x 2 B = 864 MiB
  const ModelSpec m = llama_3_1_8b();
  CHECK(activation_peak(m, {}, Engine{}, 8192, 256).in(MiB) == Approx(864));
  // Half of the MLP on each of two ranks; the residual stream is whole.
  CHECK(activation_peak(m, {.tp = 2}, Engine{}, 8192, 8).in(byte) == Approx(8192 * (3 * 4096 + 43008 / 2) * 2));
  // One prompt token, 1024 samples: 1024 x 128,256 x (2 + 4 + 4 + 4 + 8) B
  CHECK(activation_peak(m, {}, Engine{}, 1, 1024).in(byte) == Approx(1024. * 128256 * 22));
}

TEST_CASE("the activation peak counts top-k experts' buffers (M10)", "[core][memory]") {
  // hidden 8, 4 query heads of 2, 2 per token of experts 3 wide: per token 2 x (max(6, 8) + 3) + 8 = 30 elements.
  const ModelSpec m = uniform_model("moe", 8, 10, 1, GroupedQuery{.q_heads = 1, .kv_heads = 1, .head_dim = 2},
                                    MixtureOfExperts{.experts = 4, .top_k = 2, .intermediate = 3});
  CHECK(activation_peak(m, {}, Engine{}, 100, 1).in(byte) == 100 * (3 * 8 + 30) * 2);
}

TEST_CASE("an engine says what sampling keeps, and how many latents a layer expands (M10)", "[core][memory]") {
  const ModelSpec llama = llama_3_1_8b();
  CHECK(activation_peak(llama, {}, Engine{.sampling_bytes = 14}, 1, 256).in(byte) == Approx(256. * 128256 * 14));
  // One token of 16 heads, nope 128, v 128, beside 65,536 expanded rows: 16 x 256 x 65,536 x 2 B = 512 MiB.
  const ModelSpec mla = uniform_model(
      "mla", 2048, 1000, 1, Latent{.q_heads = 16, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128},
      DenseFfn{.intermediate = 8});
  const Engine workspace{.latent_workspace_rows = 65536};
  const Bytes more = activation_peak(mla, {}, workspace, 1, 1) - activation_peak(mla, {}, Engine{}, 1, 1);
  CHECK(more.in(MiB) == Approx(512));
  const Bytes half = activation_peak(mla, {.tp = 2}, workspace, 1, 1) - activation_peak(mla, {.tp = 2}, Engine{}, 1, 1);
  CHECK(half.in(MiB) == Approx(256));
}

TEST_CASE("captured graphs grow with the layers of the stage and the sizes captured (M11)", "[core][memory]") {
  // 1, 2, 4; 8, 16, ... 248; 256, 272, ... 512: 3 + 31 + 17.
  CHECK(captured_sizes(512) == 51);
  CHECK(captured_sizes(256) == 35);
  CHECK(captured_sizes(16) == 5);
  CHECK(captured_sizes(3) == 2);
  CHECK(captured_sizes(0) == 0);
  const ModelSpec m = llama_3_1_8b();
  const Engine engine{.graph_per_layer = 1.0 * MiB};
  // 32 layers: 33 pieces x (51 + 35).
  CHECK(captured_graphs(m, {}, 0, engine, 256).in(MiB) == Approx(33 * 86));
  CHECK(captured_graphs(m, {.pp = 2}, 0, engine, 256).in(MiB) == Approx(17 * 86));
  CHECK(captured_graphs(m, {}, 0, engine, 1).in(MiB) == Approx(33 * (2 + 1)));
  CHECK(captured_graphs(m, {}, 0, engine, 4096).in(MiB) == Approx(33 * (51 + 51)));
  CHECK(captured_graphs(m, {}, 0, Engine{}, 256) == Bytes{});
}
