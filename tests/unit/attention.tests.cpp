#include <algorithm>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "core/attention/attention.hpp"
#include "tests/support/layer_figures.hpp"

using namespace roofcast;
using namespace roofcast::tests;

// Every variant's parts against the formulas of its paper, with numbers small enough to check by hand.

TEST_CASE("grouped-query attention: matrices, one row of K and V, products per row (A4)", "[core][attention]") {
  // hidden 10; 4 query heads, 2 KV heads, head_dim 3.
  const LayerParts p = parts(GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 3}, 10);
  CHECK(params(p) == 10 * 12 + 10 * (6 + 6) + 12 * 10);
  REQUIRE(p.streams.size() == 1);
  const CacheStream& kv = p.streams.front();
  CHECK(kv.row_elements == 2 * 2 * 3);
  CHECK(kv.flops_per_row == 4 * 4 * 3);  // QK and PV: 2 FLOP x 4 query heads x 3, twice
  CHECK(kv.query_elements == 12);
  CHECK(kv.output_elements == 12);
  CHECK(kv.heads == 2);
  CHECK(p.query_heads == 4);
}

TEST_CASE("grouped-query attention: V may have a width of its own, or be K (A4)", "[core][attention]") {
  // MiMo-V2's K 192, V 128 in small: K 3, V 2.
  const LayerParts wide = parts(GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 3, .v_head_dim = 2}, 10);
  CHECK(wide.streams.front().row_elements == 2 * (3 + 2));
  CHECK(wide.streams.front().flops_per_row == 2 * 4 * (3 + 2));
  CHECK(params(wide) == 10 * 12 + 10 * 2 * (3 + 2) + 4 * 2 * 10);

  // Gemma-4: no V projection, both stored.
  const LayerParts equal = parts(GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 3, .v_equals_k = true}, 10);
  CHECK(equal.streams.front().row_elements == 2 * 2 * 3);
  CHECK(params(equal) == 10 * 12 + 10 * 6 + 12 * 10);
}

TEST_CASE("grouped-query attention: a shared cache has no K and V of its own", "[core][attention]") {
  const LayerParts p = parts(GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 3, .shared_cache = true}, 10);
  CHECK(params(p) == 10 * 12 + 12 * 10);
  CHECK_FALSE(p.streams.front().stored);
}

TEST_CASE("grouped-query attention: biases, norms, gates and sinks are small parameters", "[core][attention]") {
  const GroupedQuery plain{.q_heads = 4, .kv_heads = 2, .head_dim = 3};
  const auto extra = [&](auto change) {
    GroupedQuery a = plain;
    change(a);
    return params(parts(a, 10)) - params(parts(plain, 10));
  };
  CHECK(extra([](auto& a) { a.qkv_bias = true; }) == 12 + 6 + 6);
  CHECK(extra([](auto& a) { a.output_bias = true; }) == 10);
  CHECK(extra([](auto& a) { a.head_norm = true; }) == 2 * 3);
  CHECK(extra([](auto& a) { a.full_norm = true; }) == 12 + 6);
  CHECK(extra([](auto& a) { a.sinks = true; }) == 4);
  CHECK(extra([](auto& a) { a.output_gate = true; }) == 10 * 12);  // q_proj twice as wide
}

TEST_CASE("rows: windows cap them, compression rounds down (A1, A2)", "[core][attention]") {
  const CacheStream full{.name = "kv"}, window{.name = "kv", .window = 128}, packed{.name = "kv", .tokens_per_row = 4},
      sparse{.name = "kv", .read_rows = 2048};
  CHECK(full.rows(5000) == 5000);
  CHECK(window.rows(127) == 127);
  CHECK(window.rows(5000) == 128);
  CHECK(packed.rows(3) == 0);
  CHECK(packed.rows(4003) == 1000);
  CHECK(sparse.rows(5000) == 5000);  // sparse reads, full capacity
  CHECK(sparse.rows_read(5000) == 2048);
  CHECK(sparse.rows_read(100) == 100);
}

TEST_CASE("a rank's share of a row: heads shared out, then replicated (A3)", "[core][attention]") {
  const CacheStream kv{.name = "kv", .heads = 4}, latent{.name = "latent"};
  CHECK(kv.rank_share(1) == 1);
  CHECK(kv.rank_share(2) == 0.5);
  CHECK(kv.rank_share(4) == 0.25);
  CHECK(kv.rank_share(8) == 0.25);
  CHECK(latent.rank_share(8) == 1);
  CHECK(StateBuffer{.name = "state", .heads = 32}.rank_share(8) == 0.125);
}

TEST_CASE("latent attention: decode absorbs the up-projections, prefill expands (A5, A6)", "[core][attention]") {
  // DeepSeek-V3: 128 heads, rank 512 + rope 64, nope 128, v 128.
  const Latent a{.q_heads = 128, .q_rank = 1536, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128};
  const LayerParts p = parts(a, 7168);
  REQUIRE(p.streams.size() == 1);
  const CacheStream& latent = p.streams.front();
  CHECK(latent.row_elements == 576);
  CHECK(latent.heads == 1);  // no heads to share out
  CHECK(latent.flops_per_row == 2 * 128 * 576 + 2 * 128 * 512);
  CHECK(latent.prefill_flops_per_row == 2 * 128 * (128 + 64) + 2 * 128 * 128);
  // h ql + ql + ql H (n+r) + h (kv+r) + kv + kv H (n+v) + H v h
  CHECK(params(p) ==
        7168. * 1536 + 1536 + 1536. * 128 * 192 + 7168. * 576 + 512 + 512. * 128 * 256 + 128. * 128 * 7168);
  // 241.8 FLOP per byte of bf16 latent
  CHECK(latent.flops_per_row / (latent.row_elements * 2) == Approx(241.8).margin(0.05));
}

TEST_CASE("latent attention: a full query projection when there is no query rank", "[core][attention]") {
  // DeepSeek-V2-Lite: 16 heads, no query rank.
  const LayerParts p =
      parts(Latent{.q_heads = 16, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128}, 2048);
  CHECK(params(p) == 2048. * 16 * 192 + 2048. * 576 + 512 + 512. * 16 * 256 + 16. * 128 * 2048);
}

TEST_CASE("sparse indexer: one key per token, every token scanned, few latents read (A5)", "[core][attention]") {
  const Latent a{.q_heads = 128,
                 .q_rank = 1536,
                 .kv_rank = 512,
                 .rope_dim = 64,
                 .nope_dim = 128,
                 .v_dim = 128,
                 .index_heads = 64,
                 .index_dim = 128,
                 .index_top_k = 2048};
  const LayerParts p = parts(a, 7168);
  REQUIRE(p.streams.size() == 2);
  CHECK(p.streams[0].rows_read(100'000) == 2048);
  CHECK(p.streams[0].rows(100'000) == 100'000);
  CHECK(p.streams[1].row_elements == 128);  // not x 64 index heads
  CHECK(p.streams[1].rows_read(100'000) == 100'000);
  CHECK(p.streams[1].flops_per_row == 2 * 64 * 128);
  // q_l I D + h D + 2 D + h I
  Latent dense = a;
  dense.index_heads = dense.index_dim = dense.index_top_k = 0;
  CHECK(params(p) - params(parts(dense, 7168)) == 1536. * 64 * 128 + 7168. * 128 + 2 * 128 + 7168. * 64);
}

TEST_CASE("fp8 rows: sparse MLA has a layout with scales, dense MLA has none (A5)", "[core][attention]") {
  Latent a{.q_heads = 128, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128};
  CHECK(parts(a, 7168).streams[0].fp8_row_bytes == 0);  // 576 B, plainly
  a.index_top_k = 2048;
  CHECK(parts(a, 7168).streams[0].fp8_row_bytes == 656);  // 512 + 4 x 4 + 64 x 2
  a.index_heads = 64;
  a.index_dim = 128;
  CHECK(parts(a, 7168).streams[1].fp8_row_bytes == 132);  // 128 + 4
}

TEST_CASE("block-sparse attention reads the chosen blocks and the one being written", "[core][attention]") {
  const BlockSparse a{.q_heads = 64,
                      .kv_heads = 4,
                      .head_dim = 128,
                      .index_heads = 4,
                      .index_dim = 128,
                      .top_blocks = 16,
                      .block_tokens = 128};
  const LayerParts p = parts(a, 6144);
  REQUIRE(p.streams.size() == 2);
  CHECK(p.streams[0].row_elements == 2 * 4 * 128);
  CHECK(p.streams[0].rows(1e6) == 1e6);
  CHECK(p.streams[0].rows_read(1e6) == 17 * 128);
  CHECK(p.streams[1].row_elements == 128);
  CHECK(p.streams[1].rows_read(1e6) == 1e6);
  // Over plain GQA: h I D + h D + 2 D
  const LayerParts plain = parts(GroupedQuery{.q_heads = 64, .kv_heads = 4, .head_dim = 128}, 6144);
  CHECK(params(p) - params(plain) == 6144. * 4 * 128 + 6144. * 128 + 2 * 128);
}

TEST_CASE("compressed attention: a window of raw rows, then 128:1 or 4:1 with an indexer", "[core][attention]") {
  CompressedShared a{.q_heads = 128,
                     .head_dim = 512,
                     .q_rank = 1536,
                     .window = 128,
                     .ratio = 128,
                     .output_groups = 16,
                     .output_rank = 1024};
  const LayerParts hca = parts(a, 7168);
  REQUIRE(hca.streams.size() == 2);
  CHECK(hca.streams[0].rows(1 << 20) == 128);
  CHECK(hca.streams[1].rows(1 << 20) == 8192);
  CHECK(hca.streams[1].rows_read(1 << 20) == 8192);
  CHECK(hca.streams[0].row_elements == 512);               // one vector is K and V of all heads
  CHECK(hca.streams[0].flops_per_row / (512 * 2) == 256);  // 4 x 128 x 512 FLOP per 1024 B
  CHECK(hca.streams[0].fp8_row_bytes == 584);              // 448 + 64 x 2 + 8

  a.ratio = 4;
  a.index_heads = 64;
  a.index_dim = 128;
  a.index_top_k = 1024;
  const LayerParts csa = parts(a, 7168);
  REQUIRE(csa.streams.size() == 3);
  CHECK(csa.streams[1].rows(1 << 20) == 1 << 18);
  CHECK(csa.streams[1].rows_read(1 << 20) == 1024);
  CHECK(csa.streams[2].rows_read(1 << 20) == 1 << 18);
  CHECK(csa.streams[2].row_elements == 128);
  CHECK(csa.streams[2].fp8_row_bytes == 132);

  a = {.q_heads = 128, .head_dim = 512, .q_rank = 1536, .window = 128, .output_groups = 16, .output_rank = 1024};
  CHECK(parts(a, 7168).streams.size() == 1);  // window only
}

TEST_CASE("gated delta rule: a matrix per value head, a few convolution inputs (A8)", "[core][attention]") {
  // Qwen3-Next: k = 16 x 128, v = 32 x 128, 4 taps.
  const GatedDelta a{.k_heads = 16, .k_dim = 128, .v_heads = 32, .v_dim = 128, .conv = 4, .fp32_state = true};
  const LayerParts p = parts(a, 2048);
  CHECK(state_bytes(p) == 32 * 128 * 128 * 4 + (2 * 2048 + 4096) * 3 * 2);  // 2,146,304 B
  CHECK(p.streams.empty());
  CHECK(p.state_flops == 8 * 32 * 128 * 128);
  // h (2k + 2v) + h 2 n_v + (2k + v) conv + 2 n_v + d_v + v h
  CHECK(params(p) == 2048. * (2 * 2048 + 2 * 4096) + 2048. * 64 + 8192. * 4 + 64 + 128 + 4096. * 2048);
}

TEST_CASE("Kimi delta attention: fp32 state whatever the model's type (A8)", "[core][attention]") {
  // Kimi-Linear: 32 heads of 128, 4 taps: 32 x 128^2 x 4 + 3 x 4096 x 3 x 2 B
  const LayerParts p = parts(KimiDelta{.heads = 32, .head_dim = 128, .conv = 4}, 2304);
  CHECK(state_bytes(p) == 32 * 128 * 128 * 4 + 3 * 4096 * 3 * 2);
  const double low_rank = 2304. * 128 + 128. * 4096;
  CHECK(params(p) ==
        3 * 2304. * 4096 + 3 * 4096. * 4 + low_rank + 4096 + 32 + 2304. * 32 + low_rank + 128 + 4096. * 2304);
  const LayerParts gated = parts(KimiDelta{.heads = 32, .head_dim = 128, .conv = 4, .full_gate = true}, 2304);
  CHECK(params(gated) - params(p) == 2304. * 4096 - low_rank);
}

TEST_CASE("lightning attention: an outer-product state in the model's type (A8)", "[core][attention]") {
  const LayerParts p = parts(Lightning{.heads = 64, .head_dim = 128}, 6144);
  CHECK(state_bytes(p) == 64 * 128 * 128 * 2);
  CHECK(state_bytes(parts(Lightning{.heads = 64, .head_dim = 128, .fp32_state = true}, 6144)) == 4 * 1024 * 1024);
  CHECK(params(p) == 6144. * 3 * 8192 + 6144. * 8192 + 8192 + 8192. * 6144);
}

TEST_CASE("Mamba-1: inner x state, and the convolution's inputs (A8)", "[core][attention]") {
  // Falcon-Mamba-7B, all bf16: 64 layers x (8192 x 16 x 2 + 8192 x 3 x 2) B = 19 MiB; fp32 state: 35 MiB.
  const Mamba1 a{.inner = 8192, .state = 16, .conv = 4, .dt_rank = 256};
  CHECK(state_bytes(parts(a, 4096)) == 8192 * 16 * 2 + 8192 * 3 * 2);
  Mamba1 wide = a;
  wide.fp32_state = true;
  CHECK(64 * state_bytes(parts(wide, 4096)) == 35 * 1024 * 1024);
  // h 2di + di conv + di + di (dt + 2s) + dt di + di + di s + di + di h
  const double di = 8192;
  CHECK(params(parts(a, 4096)) ==
        4096 * 2 * di + di * 4 + di + di * (256 + 32) + 256 * di + di + di * 16 + di + di * 4096);
}

TEST_CASE("Mamba-2: heads x head_dim x state, and the convolution over x, B and C (A8)", "[core][attention]") {
  // Nemotron-3-Nano: 64 heads of 64, 8 groups, state 128, 4 taps.
  const Mamba2 a{.heads = 64, .head_dim = 64, .groups = 8, .state = 128, .conv = 4};
  const double inner = 4096, channels = 4096 + 2 * 8 * 128;
  CHECK(state_bytes(parts(a, 2688)) == inner * 128 * 2 + channels * 3 * 2);
  CHECK(params(parts(a, 2688)) ==
        2688 * (inner + channels + 64) + channels * 4 + channels + 3 * 64 + inner + inner * 2688);
  CHECK(parts(a, 2688).state_flops == 6 * inner * 128);
}

TEST_CASE("short convolution: the last conv - 1 inputs (A8)", "[core][attention]") {
  const LayerParts p = parts(ShortConv{.conv = 3}, 1024);
  CHECK(state_bytes(p) == 1024 * 2 * 2);
  CHECK(params(p) == 3. * 1024 * 1024 + 1024 * 3 + 1024. * 1024);
}

TEST_CASE("a parallel hybrid has a cache and a state in every layer", "[core][attention]") {
  // Falcon-H1-3B: 10 query and 2 KV heads of 128, 32 SSM heads of 128, 1 group, state 256.
  const ParallelHybrid a{.q_heads = 10,
                         .kv_heads = 2,
                         .head_dim = 128,
                         .ssm_heads = 32,
                         .ssm_head_dim = 128,
                         .groups = 1,
                         .state = 256,
                         .conv = 4};
  const LayerParts p = parts(a, 2560);
  REQUIRE(p.streams.size() == 1);
  CHECK(p.streams.front().row_elements == 2 * 2 * 128);
  CHECK(state_bytes(p) == 4096 * 256 * 2 + (4096 + 512) * 3 * 2);
  CHECK(p.query_heads == 10);
  const LayerParts attention = parts(GroupedQuery{.q_heads = 10, .kv_heads = 2, .head_dim = 128}, 2560);
  const LayerParts ssm =
      parts(Mamba2{.heads = 32, .head_dim = 128, .groups = 1, .state = 256, .conv = 4, .gated_norm = false}, 2560);
  CHECK(params(p) == params(attention) + params(ssm));
}

TEST_CASE("a layer without a mixer has no parts", "[core][attention]") {
  const LayerParts p = parts(NoMixer{}, 4096);
  CHECK(p.projections.empty());
  CHECK(p.streams.empty());
  CHECK(p.states.empty());
  CHECK(params(p) == 0);
}

TEST_CASE("every variant names its kind and describes each integer or bool member once", "[core][attention]") {
  std::vector<std::string_view> kinds;
  const auto visit_one = [&]<class V>(const V&) {
    CHECK(std::ranges::find(kinds, V::kind) == kinds.end());
    kinds.push_back(V::kind);
    std::vector<std::string_view> names;
    for (const auto& f : V::fields()) {
      CHECK(std::ranges::find(names, f.name) == names.end());
      names.push_back(f.name);
    }
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit_one(std::variant_alternative_t<I, Attention>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Attention>>{});
  CHECK(kinds.size() == 12);
}
