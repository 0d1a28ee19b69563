#pragma once

#include <string_view>

#include "core/attention/layer_parts.hpp"
#include "core/roofline.hpp"

namespace roofcast {

/// Families that are measured and calibrated apart.
enum class OperatorKind {
  gemm,
  experts,
  attention,
  latent_attention,
  indexer,
  state_update,
  elementwise,
  all_reduce,
  send,
  all_to_all,
  context_exchange
};

[[nodiscard]] std::string_view name(OperatorKind kind);

/// What one layer's operator asks of one rank, as coefficients of the load: a step is a short list of
/// these, so that evaluating a point is a few multiplications (docs/model/decode_step.md).
struct Operator {
  std::string_view name;
  OperatorKind kind = OperatorKind::gemm;
  double count = 0;              ///< layers
  bool last_token_only = false;  ///< a prompt needs it for its last token alone (LM head)
  Compute compute = Compute::bf16;

  double weight_bytes = 0;      ///< streamed once per step whatever the batch
  double flops_token = 0;       ///< per token of the batch
  double activation_token = 0;  ///< bytes in and out per token
  double network_token = 0;     ///< bytes leaving the rank per token
  double state_sequence = 0;    ///< recurrent state read and written per sequence

  CacheStream stream{};  ///< attention: which rows are read ...
  double row_bytes = 0;  ///< ... and how large one is on this rank; 0: reads no cache
  double row_flops = 0;  ///< per row and query token on this rank, decode
  double prefill_row_flops = 0;
  double row_share = 1;  ///< share of a sequence's rows on this rank (1/dcp)

  ExpertBank bank{};        ///< experts: the whole bank ...
  double expert_bytes = 0;  ///< ... weights of one expert on this rank
  double local_experts = 0;
  double token_groups = 1;  ///< replicas whose tokens meet here

  double messages = 0;           ///< collectives or sends one after the other in a layer: each takes the link's latency
  double imbalance = 1;          ///< experts: choices that meet the busiest rank, over the mean
  double largest_deviation = 0;  ///< experts: of that many standard deviations instead (D10); 0: as `imbalance` says

  friend bool operator==(const Operator&, const Operator&) = default;
};

/// Tokens in flight: a decode step has one per sequence.
struct Load {
  double batch = 1;    ///< sequences decoded together by one replica
  double context = 1;  ///< cached tokens that each one reads, the new one included
  double queries = 1;  ///< tokens of each that are computed together: more than one where drafts are verified (D11)
};

/// Bytes that one evaluation moves, by what they are.
struct Traffic {
  double weights = 0;
  double cache = 0;
  double activations = 0;
  double network = 0;
  double flops = 0;

  [[nodiscard]] Cost cost() const { return {Bytes{weights + cache + activations}, Flops{flops}, Bytes{network}}; }
};

/// Everything but experts: matrices (D1), cached rows (D2) of which each sequence reads `rows`, recurrent states (D4),
/// links (D5). Free of branches that depend on the load: loops over batches become vector code.
[[nodiscard]] inline Traffic plain_traffic(const Operator& op, double batch, double rows_of_sequence) {
  const double rows = batch * rows_of_sequence * op.row_share;
  const double appended = batch * (op.stream.stored ? op.row_bytes : 0) * op.row_share / op.stream.tokens_per_row;
  return {.weights = op.weight_bytes,
          .cache = batch * op.state_sequence + (rows * op.row_bytes + appended),
          .activations = batch * op.activation_token,
          .network = batch * op.network_token,
          .flops = batch * op.flops_token + rows * op.row_flops};
}
/// Rows of the cache that one sequence of `context` tokens has read; 0 for what reads none.
[[nodiscard]] inline double rows_of_sequence(const Operator& op, double context) {
  return op.row_bytes > 0 ? op.stream.rows_read(context) : 0;
}

/// One layer's operator in a decode step: matrices (D1), cached rows (D2), experts (D3), recurrent
/// states (D4), links (D5).
[[nodiscard]] Traffic decode_traffic(const Operator& op, const Load& load);

/// (D8) The same operator over a prompt of `tokens` tokens, its weights streamed `chunks` times. The first `cached`
/// tokens are there already (D12).
[[nodiscard]] Traffic prefill_traffic(const Operator& op, double tokens, double chunks, double cached = 0);

/// (D3) Expected experts of a bank that `tokens` tokens touch under uniform routing: E(1 - (1 - k/E)^T).
[[nodiscard]] double experts_touched(const ExpertBank& bank, double tokens);

/// (D7) Sum over t = 1..tokens of the rows that token t reads: the causal half, cut by windows.
[[nodiscard]] double causal_rows(const CacheStream& stream, double tokens);

/// (D7) Rows that `chunks` equal chunks of a prompt read from the cache: each its own tokens' rows and
/// those of its window before them. Sparse choices of a chunk's tokens together cover all rows. The `tokens` follow
/// `cached` tokens that were computed before (D12).
[[nodiscard]] double chunked_rows(const CacheStream& stream, double tokens, double chunks, double cached = 0);

}  // namespace roofcast
