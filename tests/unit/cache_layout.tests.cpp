#include <catch2/catch.hpp>

#include "core/cache_layout.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

CacheLayout layout(const ModelSpec& m, const Engine& e, const Deployment& d = {}, std::string_view kv = "bf16") {
  return cache_layout(m, d, 0, *find_kv_format(kv), e, e.block_tokens);
}

double allocated(const CacheLayout& l, double tokens, double in_flight = 1) {
  return allocated_per_sequence(l, tokens, in_flight).in(byte);
}

}  // namespace

TEST_CASE("vLLM: one kind of layer has blocks of 16 tokens over all layers (M7)", "[core][layout]") {
  const CacheLayout l = layout(llama_3_1_8b(), vllm());
  REQUIRE(l.groups.size() == 1);
  CHECK(shared_block_bytes(l) == 16 * 131072);
  CHECK(blocks_per_sequence(l, 1) == 1);
  CHECK(blocks_per_sequence(l, 16) == 1);
  CHECK(blocks_per_sequence(l, 17) == 2);
  CHECK(blocks_per_sequence(l, 8192) == 512);
  CHECK(l.description == "full: blocks of 16 tokens");
}

TEST_CASE("vLLM: Gemma-3-12B has one group of 8 full layers and five of 8 sliding ones (M7)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_12b(), vllm());
  REQUIRE(l.groups.size() == 2);
  CHECK(l.groups[0].groups == 1);
  CHECK(l.groups[1].groups == 5);
  // 8 layers x 16 tokens x 2 x 8 x 256 x 2 B
  CHECK(shared_block_bytes(l) == 8 * 16 * 8192);
}

TEST_CASE("vLLM: Gemma-3-27B has groups of 10 layers, the sliding ones padded by 8 (M7)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), vllm());
  REQUIRE(l.groups.size() == 2);
  CHECK(l.groups[0].groups == 1);
  CHECK(l.groups[1].groups == 6);  // ceil(52 / 10): 60 places for 52 layers
  CHECK(shared_block_bytes(l) == 10 * 16 * 8192);
}

TEST_CASE("vLLM: a sliding window holds its blocks, what is in flight, and one more (M7)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), vllm());
  // Decode: 131,072 / 16 full blocks; (1023 + 1) / 16 + 1 = 65 in each of 6 sliding groups.
  CHECK(blocks_per_sequence(l, 131072) == 8192 + 6 * 65);
  // Admission with 8192 tokens in flight: ceil(9215 / 16) + 1 = 577.
  CHECK(blocks_per_sequence(l, 131072, 8192) == 8192 + 6 * 577);
  // Shorter than the window: as if there were none.
  CHECK(blocks_per_sequence(l, 160) == 7 * 10);
}

TEST_CASE("vLLM: kinds of nearly equal counts share one group size, the larger (M7)", "[core][layout]") {
  ModelSpec m = gemma_3_27b();
  m.layers.assign(10, 0);
  m.layers.insert(m.layers.end(), 14, 1);  // 14 < 1.5 x 10: pad the ten rather than cut the fourteen
  const CacheLayout l = layout(m, vllm());
  CHECK(l.groups[0].groups == 1);
  CHECK(l.groups[1].groups == 1);
  CHECK(shared_block_bytes(l) == 14 * 16 * 8192);

  m.layers.push_back(1);  // 15 = 1.5 x 10: cut
  CHECK(layout(m, vllm()).groups[1].groups == 2);
}

TEST_CASE("vLLM: a recurrent state raises the attention block until one page holds it (M7)", "[core][layout]") {
  // Qwen3-Next: 2048 B per token and layer; a state of 2,146,304 B needs 65.5 pages of 16 tokens: 66.
  const CacheLayout l = layout(qwen3_next(), vllm());
  REQUIRE(l.groups.size() == 2);
  CHECK(l.groups[0].block_tokens == 66 * 16);
  CHECK(l.groups[1].state);
  CHECK(l.groups[1].groups == 3);  // 36 delta layers in groups of 12
  CHECK(shared_block_bytes(l) == 12 * 66 * 16 * 2048);
  // 4096 tokens: ceil(4096 / 1056) = 4 blocks and 3 state pages.
  CHECK(blocks_per_sequence(l, 4096) == 4 + 3);
  CHECK(blocks_per_sequence(l, 1) == 1 + 3);
}

TEST_CASE("vLLM: rows of different size get blocks of equal bytes (M7)", "[core][layout]") {
  // Full layers with twice the heads: 16 of their tokens fill the page of 32 sliding ones.
  ModelSpec m = gemma_3_27b();
  std::get<GroupedQuery>(m.kinds[0].attention).kv_heads = 32;
  const CacheLayout l = layout(m, vllm());
  CHECK(l.groups[0].block_tokens == 16);
  CHECK(l.groups[1].block_tokens == 32);
  CHECK(l.groups[0].block_bytes == l.groups[1].block_bytes);
}

TEST_CASE("TensorRT-LLM: blocks of 32 tokens, one pool per window (M7)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), trtllm());
  REQUIRE(l.groups.size() == 2);
  CHECK(l.groups[0].block_tokens == 32);
  CHECK(l.groups[0].block_bytes == 10 * 32 * 8192);
  CHECK(l.groups[1].block_bytes == 52 * 32 * 8192);  // no padding layers
  CHECK(shared_block_bytes(l) == 0);
  // ceil(100 / 32) = 4 blocks of each
  CHECK(allocated(l, 100) == 4 * 62 * 32 * 8192.0);
}

TEST_CASE("SGLang: pages of one token allocate the ideal bytes (M7)", "[core][layout]") {
  CHECK(allocated(layout(llama_3_1_8b(), sglang()), 1001) == 1001 * 131072.0);
}

TEST_CASE("llama.cpp: cells padded to 256 (M7)", "[core][layout]") {
  const CacheLayout l = layout(llama_3_1_8b(), llamacpp());
  CHECK(allocated(l, 1) == 256 * 131072.0);
  CHECK(allocated(l, 1000) == 1024 * 131072.0);
}

TEST_CASE("llama.cpp: a window cache holds each window, and one micro-batch once (M7)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), llamacpp());
  CHECK(l.fixed_bytes == 52 * 512 * 8192.0);
  CHECK(allocated(l, 8192) == 10 * 8192 * 8192.0 + 52 * 1024 * 8192.0);
  CHECK(allocated(l, 100) == 10 * 256 * 8192.0 + 52 * 100 * 8192.0);
}

TEST_CASE("llama.cpp keeps recurrent state and convolution inputs in fp32 (M7)", "[core][layout]") {
  const CacheLayout l = layout(qwen3_next(), llamacpp());
  // 36 x (32 x 128 x 128 + 8192 x 3) x 4 B
  CHECK(l.groups.back().block_bytes == 36 * (524288 + 24576) * 4.0);
}

TEST_CASE("fp8 caches of sparse MLA have rows of 656 and 132 bytes in vLLM (A5, M7)", "[core][layout]") {
  const CacheLayout l = layout(deepseek_v3_2(), vllm(), {}, "fp8");
  CHECK(shared_block_bytes(l) == 61 * 16 * (656 + 132));
  CHECK(l.description == "full: blocks of 16 tokens; fp8 latent row 656 B; fp8 indexer row 132 B");
  CHECK(shared_block_bytes(layout(deepseek_v3(), vllm(), {}, "fp8")) == 61 * 16 * 576);
  CHECK(shared_block_bytes(layout(deepseek_v3_2(), llamacpp(), {}, "fp8")) == 61 * 256 * (576 + 128));
}

TEST_CASE("ranks hold their share of heads and layers (A3, M5, M7)", "[core][layout]") {
  CHECK(shared_block_bytes(layout(llama_3_1_8b(), vllm(), {.tp = 4})) == 16 * 131072 / 4);
  CHECK(shared_block_bytes(layout(llama_3_1_8b(), vllm(), {.tp = 16})) == 16 * 131072 / 8);
  CHECK(shared_block_bytes(layout(llama_3_1_8b(), vllm(), {.pp = 2})) == 16 * 131072 / 2);
}

TEST_CASE("decode context parallelism stretches a rank's blocks over more tokens (M7)", "[core][layout]") {
  const CacheLayout l = layout(deepseek_v3(), vllm(), {.tp = 8, .dcp = 8});
  // A block of 16 rows spans 128 tokens: ceil(1000 / 128)
  CHECK(blocks_per_sequence(l, 1000) == 8);
  CHECK(blocks_per_sequence(layout(deepseek_v3(), vllm(), {.tp = 8}), 1000) == 63);
}

TEST_CASE("vLLM keeps one null block: whole sequences come from the rest (M8)", "[core][layout]") {
  const CacheLayout l = layout(llama_3_1_8b(), vllm());
  const Bytes block{shared_block_bytes(l)};
  // 48 tokens take 3 blocks.
  CHECK(concurrency(l, 10.0 * block, 48) == Approx(10.0 / 3));
  CHECK(max_sequences(l, 10.0 * block, 48) == 3);
  CHECK(concurrency(l, 9.0 * block, 48) == 3);
  CHECK(max_sequences(l, 9.0 * block, 48) == 2);  // 8 blocks left
  CHECK(max_sequences(l, 0.5 * block, 48) == 0);
}

TEST_CASE("a pool is cut into whole blocks before sequences are counted (M8)", "[core][layout]") {
  const CacheLayout l = layout(llama_3_1_8b(), vllm());
  const Bytes block{shared_block_bytes(l)};
  CHECK(concurrency(l, 9.99 * block, 48) == 3);
}

TEST_CASE("pools of their own share the bytes as the sequences need them (M8)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), trtllm());
  const Bytes one = allocated_per_sequence(l, 2000);
  CHECK(concurrency(l, 2.5 * one, 2000) == Approx(2.5));
  CHECK(max_sequences(l, 2.5 * one, 2000) == 2);
}

TEST_CASE("llama.cpp's fixed cells come off the pool first (M8)", "[core][layout]") {
  const CacheLayout l = layout(gemma_3_27b(), llamacpp());
  const Bytes pool = 3.0 * allocated_per_sequence(l, 4096) + Bytes{l.fixed_bytes};
  CHECK(max_sequences(l, pool, 4096) == 3);
  CHECK(max_sequences(l, Bytes{l.fixed_bytes}, 4096) == 0);
}

TEST_CASE("a stage that stores nothing per sequence holds any number (M8)", "[core][layout]") {
  const ModelSpec m = uniform_model("mlp", 8, 10, 2, NoMixer{}, DenseFfn{.intermediate = 16});
  const CacheLayout l = layout(m, vllm());
  CHECK(l.groups.empty());
  CHECK(concurrency(l, 1.0 * GB, 1000) == std::numeric_limits<double>::infinity());
}
