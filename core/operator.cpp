#include "core/operator.hpp"

#include <algorithm>
#include <cmath>

#include "core/expert_routing.hpp"

namespace roofcast {
namespace {

/// Work of the busiest rank over the mean.
double busiest(const Operator& op, double met) {
  if (op.largest_deviation <= 0) return op.imbalance;
  return drawn_imbalance(op.bank, op.bank.experts / op.local_experts, met, op.largest_deviation);
}

/// (D3) Weights of the experts that are touched, and the work of the tokens routed to this rank.
void add_experts(const Operator& op, double tokens, Traffic& t) {
  const double met = tokens * op.token_groups, busy = busiest(op, met);
  const double touched = std::min(1.0, busy * experts_touched(op.bank, met) / op.bank.experts);
  t.weights += op.expert_bytes * op.local_experts * touched;
  t.flops += op.flops_token * met * busy;
  t.activations += op.activation_token * (met * busy - tokens);  // own tokens are counted by the caller
}

}  // namespace

std::string_view name(OperatorKind kind) {
  switch (kind) {
    case OperatorKind::gemm:
      return "gemm";
    case OperatorKind::experts:
      return "moe";
    case OperatorKind::attention:
      return "attention";
    case OperatorKind::latent_attention:
      return "mla";
    case OperatorKind::indexer:
      return "indexer";
    case OperatorKind::state_update:
      return "state";
    case OperatorKind::elementwise:
      return "elementwise";
    case OperatorKind::all_reduce:
      return "all_reduce";
    case OperatorKind::send:
      return "send";
    case OperatorKind::all_to_all:
      return "all_to_all";
    case OperatorKind::context_exchange:
      return "context_exchange";
  }
  return "";
}

double experts_touched(const ExpertBank& bank, double tokens) {
  return bank.experts * (1.0 - std::pow(1.0 - bank.top_k / bank.experts, tokens));
}

Traffic decode_traffic(const Operator& op, const Load& load) {
  const double tokens = load.batch * load.queries;
  if (op.kind != OperatorKind::experts) {
    // The drafts of a sequence read its rows together; every one of them is multiplied with all of them.
    const double rows = rows_of_sequence(op, load.context);
    Traffic t = plain_traffic(op, tokens, rows / load.queries);
    if (load.queries > 1) t.flops += (load.queries - 1) * load.batch * rows * op.row_share * op.row_flops;
    return t;
  }
  Traffic t{.weights = op.weight_bytes,
            .cache = tokens * op.state_sequence,
            .activations = tokens * op.activation_token,
            .network = tokens * op.network_token};
  add_experts(op, tokens, t);
  return t;
}

double causal_rows(const CacheStream& stream, double tokens) {
  const double ratio = stream.tokens_per_row;
  const double most = std::min(std::floor(stream.window / ratio), stream.read_rows);
  const double last = std::min(std::floor(tokens / ratio), most);  // rows that the last token reads
  // `ratio` tokens each read 1, 2, ... last - 1 rows, all from token last x ratio on read `last`.
  return ratio * last * (last - 1) / 2 + last * (tokens - last * ratio + 1);
}

double chunked_rows(const CacheStream& stream, double tokens, double chunks, double cached) {
  const double length = tokens / chunks, before = cached / length;
  const double seen = 1 + stream.window / length;                             // the most that a chunk reads, in chunks
  const double growing = std::clamp(std::floor(seen - before), 0.0, chunks);  // chunks that still see the first token
  double read = growing * before + growing * (growing + 1) / 2;
  if (chunks > growing) read += (chunks - growing) * seen;
  return read * length / stream.tokens_per_row;
}

Traffic prefill_traffic(const Operator& op, double all_tokens, double chunks, double cached) {
  if (op.last_token_only) return decode_traffic(op, {.batch = 1});
  if (op.kind == OperatorKind::context_exchange) return {};  // every rank computes the prompt with rows of its own
  const double tokens = all_tokens - cached;
  Traffic t{.weights = op.weight_bytes * chunks,
            .cache = op.state_sequence * chunks,
            .activations = tokens * op.activation_token,
            .network = tokens * op.network_token};
  if (op.kind == OperatorKind::experts) {
    Traffic chunk;
    add_experts(op, tokens / chunks, chunk);
    t.weights += chunks * chunk.weights;
    t.activations += chunks * chunk.activations;
    t.flops += chunks * chunk.flops;
    return t;
  }
  t.flops = tokens * op.flops_token;
  if (op.row_bytes > 0) {
    const double known = cached > 0 ? causal_rows(op.stream, cached) : 0;
    t.flops += (causal_rows(op.stream, all_tokens) - known) * op.prefill_row_flops;
    const double written = op.stream.stored ? tokens / op.stream.tokens_per_row : 0;
    t.cache += op.row_bytes * (written + chunked_rows(op.stream, tokens, chunks, cached));
  }
  return t;
}

}  // namespace roofcast
