#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "core/operator.hpp"

using namespace roofcast;

namespace {

/// What the closed forms must equal: token t reads what a decode step at context t reads.
double rows_one_by_one(const CacheStream& stream, int tokens) {
  double sum = 0;
  for (int t = 1; t <= tokens; ++t) sum += stream.rows_read(t);
  return sum;
}

/// The last token of each chunk and all that its first token sees before the chunk.
double chunk_reads_one_by_one(const CacheStream& stream, int tokens, int chunks) {
  const double length = static_cast<double>(tokens) / chunks;
  double sum = 0;
  for (int c = 1; c <= chunks; ++c) sum += std::min(c * length, stream.window + length);
  return sum / stream.tokens_per_row;
}

Operator attention(CacheStream stream) {
  return {.name = "attention",
          .kind = OperatorKind::attention,
          .count = 1,
          .activation_token = 64,
          .stream = stream,
          .row_bytes = 100,
          .row_flops = 400,
          .prefill_row_flops = 500};
}

}  // namespace

TEST_CASE("a matrix is streamed once whatever the batch, products and activations grow (D1)", "[core][operator]") {
  const Operator op{.name = "gemm", .count = 1, .weight_bytes = 1000, .flops_token = 30, .activation_token = 7};
  const Traffic t = decode_traffic(op, {.batch = 5, .context = 999});
  CHECK(t.weights == 1000);
  CHECK(t.flops == 150);
  CHECK(t.activations == 35);
  CHECK(t.cache == 0);
  CHECK(t.cost().bytes == units::byte * 1035);
}

TEST_CASE("attention reads every cached row once and appends one (D2)", "[core][operator]") {
  // 3 sequences x 10 rows x 100 B read + 3 x 100 B appended; 3 x 10 x 400 FLOP
  const Traffic t = decode_traffic(attention({.name = "kv"}), {.batch = 3, .context = 10});
  CHECK(t.cache == 3 * 10 * 100 + 3 * 100);
  CHECK(t.flops == 3 * 10 * 400);
  CHECK(t.activations == 3 * 64);
}

TEST_CASE("windows and sparse choices bound the rows read, shared caches append none (A2, D2)", "[core][operator]") {
  const auto cache = [](CacheStream stream) { return decode_traffic(attention(stream), {.context = 1000}).cache; };
  CHECK(cache({.name = "kv", .window = 64}) == 65 * 100);
  CHECK(cache({.name = "kv", .read_rows = 128}) == 129 * 100);
  CHECK(cache({.name = "kv", .stored = false}) == 1000 * 100);
  // 4:1 compression: 250 rows read; a row is appended every fourth step.
  CHECK(cache({.name = "kv", .tokens_per_row = 4}) == 250 * 100 + 25);
}

TEST_CASE("decode context parallelism reads a share of the rows (D2)", "[core][operator]") {
  Operator op = attention({.name = "kv"});
  op.row_share = 0.25;
  CHECK(decode_traffic(op, {.batch = 4, .context = 100}).cache == 0.25 * 4 * 101 * 100);
}

TEST_CASE("a recurrent state is moved whole for every sequence, whatever the context (D4)", "[core][operator]") {
  const Operator op{
      .name = "state", .kind = OperatorKind::state_update, .count = 1, .flops_token = 11, .state_sequence = 2000};
  CHECK(decode_traffic(op, {.batch = 3, .context = 1}).cache == 6000);
  CHECK(decode_traffic(op, {.batch = 3, .context = 1e6}).cache == 6000);
  CHECK(decode_traffic(op, {.batch = 3}).flops == 33);
}

TEST_CASE("experts touched follow E(1 - (1 - k/E)^T) (D3)", "[core][operator]") {
  const ExpertBank bank{.experts = 8, .top_k = 2};
  CHECK(experts_touched(bank, 0) == 0);
  CHECK(experts_touched(bank, 1) == Approx(2.0));
  CHECK(experts_touched(bank, 2) == Approx(8 * (1 - 0.75 * 0.75)));  // 3.5
  CHECK(experts_touched(bank, 1000) == Approx(8.0));
  CHECK(experts_touched({.experts = 4, .top_k = 4}, 1) == 4);  // all of them at once
}

TEST_CASE("experts touched equal the mean over all routings of two tokens (D3)", "[core][operator]") {
  // 4 experts, top 2: 6 pairs per token, 36 routings; count distinct experts.
  double distinct = 0;
  const int pairs[6] = {0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100};
  for (const int a : pairs)
    for (const int b : pairs) distinct += __builtin_popcount(static_cast<unsigned>(a | b));
  CHECK(experts_touched({.experts = 4, .top_k = 2}, 2) == Approx(distinct / 36));
}

TEST_CASE("expert weights stream by experts met, products by the tokens that are routed here (D3)",
          "[core][operator]") {
  const Operator op{.name = "experts",
                    .kind = OperatorKind::experts,
                    .count = 1,
                    .flops_token = 10,
                    .activation_token = 3,
                    .bank = {.experts = 8, .top_k = 2},
                    .expert_bytes = 100,
                    .local_experts = 4,
                    .token_groups = 2};
  // 3 tokens of this replica and 3 of another: 8(1 - 0.75^6) = 6.576 experts, half of them here.
  const Traffic t = decode_traffic(op, {.batch = 3});
  CHECK(t.weights == Approx(100 * 4 * (1 - std::pow(0.75, 6))));
  CHECK(t.flops == 60);
  CHECK(t.activations == 18);
}

TEST_CASE("causal rows equal the sum over every token (D7)", "[core][operator]") {
  const int tokens = GENERATE(1, 2, 3, 4, 5, 63, 64, 65, 127, 128, 129, 500, 1023);
  const double ratio = GENERATE(1, 4, 128);
  const double window = GENERATE(1.0, 64.0, 130.0, CacheStream::kUnbounded);
  const double read_rows = GENERATE(1.0, 16.0, CacheStream::kUnbounded);
  const CacheStream stream{.name = "kv", .tokens_per_row = ratio, .window = window, .read_rows = read_rows};
  CAPTURE(tokens, ratio, window, read_rows);
  CHECK(causal_rows(stream, tokens) == rows_one_by_one(stream, tokens));
}

TEST_CASE("chunks read their own rows and a window before them (D7)", "[core][operator]") {
  const int tokens = GENERATE(64, 600, 8192);
  const int chunks = GENERATE(1, 2, 3, 8);
  const double window = GENERATE(1.0, 64.0, 1000.0, CacheStream::kUnbounded);
  const double ratio = GENERATE(1, 4);
  const CacheStream stream{.name = "kv", .tokens_per_row = ratio, .window = window};
  CAPTURE(tokens, chunks, window, ratio);
  CHECK(chunked_rows(stream, tokens, chunks) == Approx(chunk_reads_one_by_one(stream, tokens, chunks)));
}

TEST_CASE("a prompt writes every row, also those that leave the window (D8)", "[core][operator]") {
  // 1000 tokens, one chunk: 1000 rows written and read, whatever the window.
  CHECK(prefill_traffic(attention({.name = "kv"}), 1000, 1).cache == 2000 * 100);
  CHECK(prefill_traffic(attention({.name = "kv", .window = 64}), 1000, 1).cache == 2000 * 100);
  // 10 chunks of 100: 1000 written; the first reads 100 rows, the other nine 164 each.
  CHECK(prefill_traffic(attention({.name = "kv", .window = 64}), 1000, 10).cache ==
        Approx((1000 + 100 + 9 * 164) * 100));
  CHECK(prefill_traffic(attention({.name = "kv", .stored = false}), 1000, 1).cache == 1000 * 100);
}

TEST_CASE("a prompt does the causal half of the products, in prefill's form (D7, D8)", "[core][operator]") {
  CHECK(prefill_traffic(attention({.name = "kv"}), 100, 1).flops == 100 * 101 / 2 * 500);
}

TEST_CASE("a prompt streams a matrix once per chunk and multiplies every token (D8)", "[core][operator]") {
  const Operator op{
      .name = "gemm", .count = 1, .weight_bytes = 1000, .flops_token = 30, .activation_token = 7, .network_token = 5};
  const Traffic t = prefill_traffic(op, 600, 3);
  CHECK(t.weights == 3000);
  CHECK(t.flops == 18000);
  CHECK(t.activations == 4200);
  CHECK(t.network == 3000);
}

TEST_CASE("a prompt needs the LM head for its last token alone (D8)", "[core][operator]") {
  const Operator op{.name = "lm_head", .count = 1, .last_token_only = true, .weight_bytes = 1000, .flops_token = 30};
  CHECK(prefill_traffic(op, 5000, 4).flops == 30);
  CHECK(prefill_traffic(op, 5000, 4).weights == 1000);
}

TEST_CASE("a prompt's chunks meet experts one by one (D3, D8)", "[core][operator]") {
  const Operator op{.name = "experts",
                    .kind = OperatorKind::experts,
                    .count = 1,
                    .flops_token = 10,
                    .bank = {.experts = 8, .top_k = 2},
                    .expert_bytes = 100,
                    .local_experts = 8};
  // 6 tokens in 2 chunks of 3: twice 8(1 - 0.75^3) = 4.625 experts.
  const Traffic t = prefill_traffic(op, 6, 2);
  CHECK(t.weights == Approx(2 * 100 * 4.625));
  CHECK(t.flops == 60);
}

TEST_CASE("operator kinds have the names that measurement files use", "[core][operator]") {
  CHECK(name(OperatorKind::gemm) == "gemm");
  CHECK(name(OperatorKind::experts) == "moe");
  CHECK(name(OperatorKind::attention) == "attention");
  CHECK(name(OperatorKind::latent_attention) == "mla");
  CHECK(name(OperatorKind::indexer) == "indexer");
  CHECK(name(OperatorKind::state_update) == "state");
  CHECK(name(OperatorKind::elementwise) == "elementwise");
  CHECK(name(OperatorKind::all_reduce) == "all_reduce");
  CHECK(name(OperatorKind::send) == "send");
}
