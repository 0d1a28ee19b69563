#include "core/calibrated/call_cost.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("decode attention reads K and V of every KV head once, whatever the query heads (V1)") {
  // KV 2 x 10 sequences x 10 heads x 1000 tokens x 100 x 2 B = 40 MB; query and result 10 x 10 x 100 x (2 + 2) B = 40
  // kB.
  const DecodeAttentionCall mha{.batch = 10, .context = 1000, .heads = 10, .kv_heads = 10, .head_dim = 100};
  CHECK(cost(mha).bytes == 40 * MB + 40 * kB);
  CHECK(cost(mha).flops.in(flop) == 4.0 * 10 * 10 * 1000 * 100);
  // 40 query heads over the same 10 KV heads: four times the query and the products, the same cache.
  const DecodeAttentionCall gqa{.batch = 10, .context = 1000, .heads = 40, .kv_heads = 10, .head_dim = 100};
  CHECK(cost(gqa).bytes == 40 * MB + 160 * kB);
  CHECK(cost(gqa).flops == 4 * cost(mha).flops);
  CHECK(reused(gqa) == reused(mha));
}

TEST_CASE("a window cuts what decode attention reads, and one that is longer than the context cuts nothing (V1)") {
  DecodeAttentionCall call{.batch = 2, .context = 1000, .heads = 4, .kv_heads = 4, .head_dim = 50};
  const auto whole = cost(call);
  call.window = 5000;
  CHECK(cost(call).bytes == whole.bytes);
  call.window = 100;
  CHECK(reused(call).in(byte) == 2.0 * 2 * 4 * 100 * 50 * 2);  // 100 tokens instead of 1000
  CHECK(cost(call).flops == whole.flops / 10);
}

TEST_CASE("an fp8 cache halves the bytes of the rows, not of query and result (V1)") {
  DecodeAttentionCall call{.batch = 10, .context = 1000, .heads = 10, .kv_heads = 10, .head_dim = 100};
  call.kv_bytes = 1;
  CHECK(cost(call).bytes == 20 * MB + 40 * kB);
}

TEST_CASE("prefill attention multiplies the causal half, cut by a window (V2)") {
  // 4 tokens see 1 + 2 + 3 + 4 = 10 rows; 4 FLOP per row, head and element: 4 x 2 x 3 x 5 x 10 = 1200.
  PrefillAttentionCall call{.batch = 2, .tokens = 4, .heads = 3, .kv_heads = 1, .head_dim = 5};
  CHECK(cost(call).flops.in(flop) == 1200);
  // K and V 2 x 2 x 1 x 4 x 5 x 2 B = 160 B; query and result 2 x 3 x 5 x 4 tokens x 4 B = 480 B.
  CHECK(cost(call).bytes.in(byte) == 640);
  call.window = 2;  // 1 + 2 + 2 + 2 = 7 rows
  CHECK(cost(call).flops.in(flop) == 840);
  CHECK(cost(call).bytes.in(byte) == 640);  // every row is still read by somebody
}

TEST_CASE("MLA decode reads one latent row for all heads (V3)") {
  // 2 sequences x 10 tokens x (512 + 64) x 2 B; per head 576 in, 512 out, 2 B each.
  const MlaDecodeCall call{.batch = 2, .context = 10, .heads = 16, .latent = 512, .rope = 64};
  CHECK(reused(call).in(byte) == 2 * 10 * 576 * 2);
  CHECK(cost(call).bytes.in(byte) == 2 * 10 * 576 * 2 + 2 * 16 * (576 + 512) * 2);
  CHECK(cost(call).flops.in(flop) == 2.0 * 2 * 16 * 10 * (576 + 512));
}

TEST_CASE("a product reads both operands and writes the result once, each in its own size (V4)") {
  const GemmCall call{.m = 10, .n = 20, .k = 30};
  CHECK(cost(call, *find_weight_format("bf16")).bytes.in(byte) == 2 * (10 * 30 + 20 * 30 + 10 * 20));
  CHECK(cost(call, *find_weight_format("fp8")).bytes.in(byte) == 10 * 30 + 20 * 30 + 2 * 10 * 20);
  // Weight only: the activations stay in 16 bit.
  CHECK(cost(call, *find_weight_format("int8_wo")).bytes.in(byte) == 2 * 10 * 30 + 20 * 30 + 2 * 10 * 20);
  // fp4 with one scale byte per 16: 0.5625 B.
  CHECK(cost(call, *find_weight_format("nvfp4")).bytes.in(byte) == 0.5625 * (10 * 30 + 20 * 30) + 2 * 10 * 20);
  CHECK(cost(call, *find_weight_format("fp32")).bytes.in(byte) == 4 * (10 * 30 + 20 * 30 + 10 * 20));
  CHECK(cost(call, WeightFormat{}).flops.in(flop) == 2 * 10 * 20 * 30);
}

TEST_CASE("a rank streams its share of the experts that are touched (V5)") {
  // 2 tokens x 2 choices in turn meet 4 of 8 experts, 2 of them on each of 2 ranks: 2 x 3 matrices x 10 x 6 / tp 2.
  const MoeCall call{.tokens = 2, .hidden = 10, .intermediate = 6, .top_k = 2, .experts = 8, .tp = 2, .ep = 2};
  const WeightFormat bf16;
  CHECK(reused(call, bf16, 3).in(byte) == 2 * 3 * 10 * 3 * 2);
  // 2 x 2 / 2 token-expert pairs here; 2 tokens in and out, 10 elements of 2 B.
  CHECK(cost(call, bf16, 3).flops.in(flop) == 2 * 3 * 2 * 10 * 3);
  CHECK(cost(call, bf16, 3).bytes == reused(call, bf16, 3) + 80 * byte);
  CHECK(reused(call, bf16, 2) == reused(call, bf16, 3) * (2.0 / 3));
  // Uneven lists are drawn: 8 (1 - (3/4)^2) = 3.5 of 8.
  MoeCall uneven = call;
  uneven.skew = 1.2;
  CHECK(reused(uneven, bf16, 3).in(byte) == Approx(1.75 * 3 * 10 * 3 * 2));
}

TEST_CASE("in a ring every device sends its vector almost twice (V6)") {
  CHECK(cost(AllReduceCall{.devices = 2, .bytes = 100}).network.in(byte) == 100);
  CHECK(cost(AllReduceCall{.devices = 8, .bytes = 800}).network.in(byte) == 1400);  // 2 x 7/8
  CHECK(cost(AllReduceCall{.devices = 8, .bytes = 800}).bytes.in(byte) == 1600);
}

TEST_CASE("kernels that say nongated multiply with two matrices per expert (V5)") {
  CHECK(expert_matrices({.kernel = "moe_torch_flow_nongated"}) == 2);
  CHECK(expert_matrices({.kernel = "sglang_fused_moe_triton"}) == 3);
}
