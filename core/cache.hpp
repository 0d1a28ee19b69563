#pragma once

#include "core/deployment.hpp"
#include "core/model_spec.hpp"

namespace roofcast {

/// Ideal cache sizes: exact bytes of the rows themselves, before any engine rounds them to blocks
/// (docs/model/attention.md, A7-A9).

/// (A7) Bytes that one more token adds at unbounded length, one replica, KV heads counted once.
/// 0 for models whose every layer is windowed or recurrent.
[[nodiscard]] Bytes kv_bytes_per_token(const ModelSpec& model, const KvFormat& kv);

/// (A8) Rows and recurrent state of one sequence of `tokens` tokens, one replica.
[[nodiscard]] Bytes kv_bytes_per_sequence(const ModelSpec& model, const KvFormat& kv, double tokens);

/// Recurrent state alone (part of A8).
[[nodiscard]] Bytes state_bytes_per_sequence(const ModelSpec& model);

/// (A9) What the most loaded rank stores of it: heads shared out and replicated by tp, tokens by dcp,
/// layers by pp.
[[nodiscard]] Bytes kv_bytes_per_token_per_rank(const ModelSpec& model, const KvFormat& kv, const Deployment& d);
[[nodiscard]] Bytes kv_bytes_per_sequence_per_rank(const ModelSpec& model, const KvFormat& kv, const Deployment& d,
                                                   double tokens);

/// Copies of each token's cache that the GPUs of one replica hold together: 1 while tp shares out the KV
/// heads, tp / heads beyond (A3).
[[nodiscard]] double cache_copies(const ModelSpec& model, const KvFormat& kv, const Deployment& d);

}  // namespace roofcast
