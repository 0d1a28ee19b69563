#include <catch2/catch.hpp>

#include <cmath>

#include "core/calibrated/all_reduce.hpp"
#include "core/calibrated/gemm.hpp"
#include "core/calibrated/mla_decode.hpp"
#include "core/calibrated/moe.hpp"
#include "core/calibrated/prefill_attention.hpp"
#include "tests/support/quantity_io.hpp"
#include "tests/support/round_machine.hpp"

using namespace roofcast;

namespace {

double whole(double value) {
  return std::floor(value);
}

}  // namespace

TEST_CASE("in serving a product never beats its roofs, and more of any dimension is never faster (G1, G3, G4)",
          "[calibrated]") {
  const double m = whole(GENERATE(take(8, random(1.0, 5000.0))));
  const double n = whole(GENERATE(take(4, random(32.0, 20000.0))));
  const double k = whole(GENERATE(take(4, random(32.0, 20000.0))));
  const GemmParameters p{.bandwidth_share = 1, .compute_share = 1, .unsplit_k = 300};
  const auto time = [&](GemmCall call) { return gemm_terms(p, round_setting(), call).total(); };
  CHECK(time({m, n, k}) >= gemm_terms(p, round_setting(), {m, n, k}).roof);
  const double more = 1 + GENERATE(take(2, random(0.01, 1.5)));
  CHECK(time({m * more, n, k}) >= time({m, n, k}));
  CHECK(time({m, n * more, k}) >= time({m, n, k}));
  CHECK(time({m, n, k * more}) >= time({m, n, k}));
}

TEST_CASE("in serving prompt attention never beats its roofs, and longer prompts are never faster (P1, P2)",
          "[calibrated]") {
  const double tokens = whole(GENERATE(take(20, random(1.0, 20000.0))));
  const double window = GENERATE(0.0, 128.0, 4096.0);
  const double head_dim = GENERATE(64.0, 128.0, 256.0);
  const PrefillAttentionParameters p{.bandwidth_share = 1, .compute_share = 1, .compute_per_doubling = 1.3};
  PrefillAttentionCall call{
      .batch = 2, .tokens = tokens, .heads = 16, .kv_heads = 4, .head_dim = head_dim, .window = window};
  const auto t = prefill_attention_terms(p, round_setting(), call);
  CHECK(t.total() >= t.roof);
  call.tokens = whole(tokens * 1.2) + 1;
  CHECK(prefill_attention_terms(p, round_setting(), call).total() >= t.total());
}

TEST_CASE("in serving MLA decode never beats its roofs, and more batch, context or heads is never faster (Q2, Q4)",
          "[calibrated]") {
  const double batch = whole(GENERATE(take(8, random(1.0, 1000.0))));
  const double context = whole(GENERATE(take(8, random(1.0, 100000.0))));
  const double heads = GENERATE(1.0, 16.0, 64.0, 128.0);
  const MlaDecodeParameters p{.bandwidth_share = 1, .compute_share = 1, .padded_heads = 1};
  const MlaDecodeCall call{.batch = batch, .context = context, .heads = heads};
  const auto t = mla_decode_terms(p, round_setting(), call);
  const auto time = [&](double b, double c, double h) {
    return mla_decode_terms(p, round_setting(), {.batch = b, .context = c, .heads = h}).total();
  };
  CHECK(t.total() >= t.roof);
  CHECK(time(batch + 1, context, heads) >= t.total());
  CHECK(time(batch, context * 1.3, heads) >= t.total());
  CHECK(time(batch, context, heads * 2) >= t.total());
}

TEST_CASE("in serving experts never beat their roofs, and more balanced tokens are never faster (E1, E2, E3)",
          "[calibrated]") {
  const double tokens = whole(GENERATE(take(20, random(1.0, 3000.0))));
  const double ep = GENERATE(1.0, 4.0, 32.0);
  const MoeParameters p{.bandwidth_share = 1, .compute_share = 1};
  const MoeCall call{.tokens = tokens, .hidden = 2048, .intermediate = 768, .top_k = 8, .experts = 128, .ep = ep};
  const auto t = moe_terms(p, round_setting(), loaded(call));
  CHECK(t.total() >= t.roof);
  auto more = call;
  more.tokens = tokens + whole(GENERATE(take(2, random(1.0, 100.0))));
  CHECK(moe_terms(p, round_setting(), loaded(more)).total() >= t.total());
}

TEST_CASE("an all-reduce of more bytes or over more devices is never faster (N1, N2)", "[calibrated]") {
  const double bytes = GENERATE(take(20, random(256.0, 1e9)));
  const double devices = GENERATE(2.0, 4.0, 8.0);
  const AllReduceParameters p{};
  const auto time = [&](double n, double b) { return all_reduce_terms(p, {.devices = n, .bytes = b}).total(); };
  CHECK(time(devices, bytes * 1.1) > time(devices, bytes));
  CHECK(time(devices * 2, bytes) > time(devices, bytes));
}
