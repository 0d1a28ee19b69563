#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/cache_layout.hpp"
#include "core/decode_step.hpp"
#include "core/memory_budget.hpp"
#include "core/parameters.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

// Published or measured figures that the model must reproduce exactly, or to the last digit shown.

namespace {

const KvFormat kBf16{};

double per_token(const ModelSpec& m) {
  return kv_bytes_per_token(m, kBf16).in(byte);
}
double sequence_gib(const ModelSpec& m, double tokens) {
  return kv_bytes_per_sequence(m, kBf16, tokens).in(GiB);
}

/// A value printed with `digits` decimals, as the source of the figure prints it.
std::string shown(double value, int digits) {
  return fmt::format("{:.{}f}", value, digits);
}

}  // namespace

TEST_CASE("golden: KV bytes of one token are those of the published models (A4, A7)", "[core][golden]") {
  // layers x 2 (K and V) x KV heads x head_dim x 2 B
  CHECK(per_token(llama_2_7b()) == 32 * 2 * 32 * 128 * 2);      // 524,288: 32 KV heads
  CHECK(per_token(llama_3_1_8b()) == 32 * 2 * 8 * 128 * 2);     // 131,072: 8 KV heads
  CHECK(per_token(llama_3_1_70b()) == 80 * 2 * 8 * 128 * 2);    // 327,680
  CHECK(per_token(llama_3_1_405b()) == 126 * 2 * 8 * 128 * 2);  // 516,096: "516 KB" in the Llama 3 paper
  CHECK(per_token(falcon_7b()) == 32 * 2 * 1 * 64 * 2);         // 8,192: one KV head for 71 query heads
  CHECK(sequence_gib(llama_3_1_8b(), 8192) == 1.0);             // 131,072 x 8192 = 2^17 x 2^13 = 2^30
}

TEST_CASE("golden: MLA stores one latent per token and layer, whatever the heads (A5, A7)", "[core][golden]") {
  CHECK(per_token(deepseek_v3()) == 61 * (512 + 64) * 2);  // 70,272
  CHECK(per_token(kimi_k2_5()) == per_token(deepseek_v3()));
  CHECK(shown(sequence_gib(deepseek_v3(), 163840), 3) == "10.723");  // 70,272 x 163,840 / 2^30
  CHECK(shown(sequence_gib(kimi_k2_5(), 262144), 3) == "17.156");    // 70,272 x 2^18 / 2^30
}

TEST_CASE("golden: a DSA model stores one index key beside the latent (A5, A7)", "[core][golden]") {
  CHECK(per_token(deepseek_v3_2()) == 61 * (576 + 128) * 2);  // 85,888
}

TEST_CASE("golden: sliding windows cut Gemma-3-27B from 62 GiB to 10.406 GiB (A1, A8)", "[core][golden]") {
  // One layer and token: 2 x 16 x 128 x 2 B = 8192 B. 10 layers x 131,072 + 52 x 1024 tokens.
  CHECK(shown(sequence_gib(gemma_3_27b(), 131072), 3) == "10.406");

  ModelSpec ignored = gemma_3_27b();
  ignored.layers.assign(62, 0);  // every layer full: the well-known mistake
  CHECK(sequence_gib(ignored, 131072) == 62.0);
}

TEST_CASE("golden: head_dim is the config's own, not hidden / heads (A4, A8)", "[core][golden]") {
  // Qwen3-0.6B: 28 layers x 2 x 8 x 128 x 2 B = 114,688 B/token; 1024 / 16 = 64 would halve it.
  CHECK(sequence_gib(qwen3_0_6b(), 40960) == 4.375);
}

TEST_CASE("golden: DeepSeek-V4-Pro holds a million tokens in 9.625 GiB (A1, A8)", "[core][golden]") {
  // Window 61 x 128 rows; CSA 30 x 2^18 rows of 512 + 128; HCA 31 x 2^13 rows of 512; 2 B each:
  // 7,995,392 + 10,066,329,600 + 260,046,848 = 10,334,371,840 B.
  CHECK(kv_bytes_per_sequence(deepseek_v4_pro(), kBf16, 1 << 20).in(byte) == 10'334'371'840.0);
  CHECK(shown(sequence_gib(deepseek_v4_pro(), 1 << 20), 3) == "9.625");
  // 30 x (512 + 128) x 2 / 4 + 31 x 512 x 2 / 128
  CHECK(per_token(deepseek_v4_pro()) == 9848);
}

TEST_CASE("golden: Qwen3-Next keeps 73.7 MiB of recurrent state per sequence (A8)", "[core][golden]") {
  // 36 layers x (32 x 128 x 128 x 4 B + (2 x 16 x 128 + 32 x 128) x 3 x 2 B) = 36 x 2,146,304
  CHECK(state_bytes_per_sequence(qwen3_next()).in(byte) == 36 * 2'146'304.0);
  CHECK(shown(state_bytes_per_sequence(qwen3_next()).in(MiB), 1) == "73.7");
  // 12 attention layers x 2 x 2 x 256 x 2 B grow; the state does not.
  CHECK(per_token(qwen3_next()) == 24576);
  CHECK(kv_bytes_per_sequence(qwen3_next(), kBf16, 4096).in(byte) == 24576 * 4096 + 36 * 2'146'304.0);
}

TEST_CASE("golden: parameter counts equal the published checkpoints to the unit (M1)", "[core][golden]") {
  CHECK(parameters(llama_2_7b()).total == 6'738'415'616.0);
  CHECK(parameters(llama_3_1_8b()).total == 8'030'261'248.0);
  CHECK(parameters(llama_3_1_70b()).total == 70'553'706'496.0);
  CHECK(parameters(llama_3_1_405b()).total == 405'853'388'800.0);
  CHECK(parameters(falcon_7b()).total == 6'921'720'704.0);
  CHECK(parameters(qwen3_0_6b()).total == 596'049'920.0);
  CHECK(parameters(gemma_3_12b()).total == 11'766'034'176.0);
  CHECK(parameters(gemma_3_27b()).total == 27'009'346'304.0);
  CHECK(parameters(deepseek_v3()).total == 671'026'404'352.0);
  CHECK(parameters(deepseek_v3_2()).total == 671'877'929'216.0);
  CHECK(parameters(kimi_k2_5()).total == 1'026'408'209'408.0);
  CHECK(parameters(deepseek_v4_pro()).total == 1'572'997'179'491.0);
  CHECK(parameters(qwen3_next()).total == 79'674'391'296.0);
  CHECK(parameters(minimax_m2_5()).total == 228'689'748'992.0);
}

TEST_CASE("golden: DeepSeek-V3 has 37.55 B active parameters with both embeddings (M1)", "[core][golden]") {
  CHECK(shown(parameters(deepseek_v3()).active / 1e9, 2) == "37.55");
}

TEST_CASE("golden: the H100's bf16 ridge is 295.3 FLOP/B (R2)", "[core][golden]") {
  // 989.4e12 / 3.35e12
  CHECK(shown(ridge(h100_sxm(), Compute::bf16).in(flop / byte), 1) == "295.3");
}

TEST_CASE("golden: the A100 decode floor is streamed bytes over bandwidth (R1, A8, M1)", "[core][golden]") {
  // (weights without an untied input table + 16 x 8192 cached tokens) / 2.039 TB/s, e.g. Llama-2-7B:
  // (6,738,415,616 - 32,000 x 4096) x 2 B + 16 x 8192 x 524,288 B = 81.93 GB.
  const auto [model, floor_ms] = GENERATE(
      table<ModelSpec, std::string>({{llama_2_7b(), "40.18"}, {llama_3_1_8b(), "15.79"}, {falcon_7b(), "7.32"}}));
  CAPTURE(model.name);
  const Bytes weights{parameters(model).streamed * 2};
  const Bytes cache = 16.0 * kv_bytes_per_sequence(model, kBf16, 8192);
  const Timed floor = roofline({.bytes = weights + cache}, {.bandwidth = 2.039 * TB / s, .compute = 312.0 * TFLOP / s});
  CHECK(shown(floor.time.in(ms), 2) == floor_ms);

  // The step reads the same weights and cache; activations and the appended rows come on top.
  const Step step =
      decode_step(step_plan(model, {}, kBf16), device_roofs(a100_sxm(), {}), {.batch = 16, .context = 8192});
  double weights_read = 0, cache_read = 0;
  for (const auto& p : step.parts) {
    weights_read += p.traffic.weights;
    cache_read += p.traffic.cache;
  }
  CHECK(Bytes{weights_read} == weights);
  CHECK(Bytes{cache_read} == cache + 16.0 * kv_bytes_per_token(model, kBf16));
  CHECK(step.time() >= floor.time);
}

TEST_CASE("golden: roofs count per operator, so weights and cache never overlap (R1, D1, D2)", "[core][golden]") {
  // 30e9 int8 parameters, 100 kB of KV per token, 8192 tokens, 16 devices of 8.1e11 B/s and 1.97e14 FLOP/s:
  // t = max(30e9 / BW, 2 x 30e9 x batch / F) + batch x 8192 x 1e5 / BW.
  StepPlan plan;
  plan.operators = {{.name = "weights", .count = 1, .weight_bytes = 30e9, .flops_token = 60e9},
                    {.name = "cache",
                     .kind = OperatorKind::attention,
                     .count = 1,
                     .stream = {.name = "kv", .row_elements = 1e5, .stored = false},
                     .row_bytes = 1e5}};
  DeviceRoofs roofs{.bandwidth = 16 * 8.1e11 * byte / s};
  roofs.compute.fill(16 * 1.97e14 * flop / s);

  // 2.3148 ms of weights (memory) + 0.2528 ms of cache
  CHECK(shown(decode_time(plan, roofs, {.batch = 4, .context = 8192}).time.in(ms), 2) == "2.57");
  // 4.8731 ms of products (compute) + 16.1817 ms of cache
  CHECK(shown(decode_time(plan, roofs, {.batch = 256, .context = 8192}).time.in(ms), 2) == "21.05");
}

TEST_CASE("golden: vLLM's maximum concurrency is blocks over blocks per request (M8)", "[core][golden]") {
  const ModelSpec m = llama_3_1_8b();
  const CacheLayout layout = cache_layout(m, {}, 0, kBf16, vllm(), 16);
  const auto logged = [&](double blocks, double max_model_len) {
    return shown(concurrency(layout, Bytes{blocks * shared_block_bytes(layout)}, max_model_len), 2);
  };
  CHECK(logged(1381, 2048) == "10.79");             // 1381 x 16 / 2048
  CHECK(logged(2'042'016 / 16, 2048) == "997.08");  // 2,042,016 tokens / 2048
}

TEST_CASE("golden: vLLM's KV pool is a fraction of the total minus all that is not KV (M6)", "[core][golden]") {
  // 79.22 x 0.90 - 18.01 and 23.58 x 0.90 - 17.06 - 0.35, in GiB
  CHECK(shown(fraction_of_total_pool(79.22 * GiB, 0.90, 18.01 * GiB).in(GiB), 2) == "53.29");
  CHECK(shown(fraction_of_total_pool(23.58 * GiB, 0.90, 17.06 * GiB + 0.35 * GiB).in(GiB), 2) == "3.81");
}

TEST_CASE("golden: tensor parallelism over 8 ranks stores what the reference stores per rank (A3, A9)",
          "[core][golden]") {
  const auto per_rank = [](const ModelSpec& m) {
    return kv_bytes_per_sequence_per_rank(m, kBf16, {.tp = 8}, 32768).in(byte);
  };
  CHECK(per_rank(llama_3_1_8b()) == 4'294'967'296.0 / 8);  // one of 8 KV heads each
  CHECK(per_rank(deepseek_v3()) == 2'302'672'896.0);       // the latent is replicated whole
  // 16 KV heads: 2 each. (10 x 32,768 + 52 x 1024) x 2 x 2 x 128 x 2 B
  CHECK(per_rank(gemma_3_27b()) == 390'070'272.0);
  CHECK(per_rank(deepseek_v4_pro()) == 330'694'656.0);  // one shared vector: replicated
  // 2 KV heads: one full head each; the state of 32 value heads and 16 key heads is divided by 8.
  CHECK(per_rank(qwen3_next()) == 12 * 32768 * 1024 + 36 * 2'146'304.0 / 8);
}
