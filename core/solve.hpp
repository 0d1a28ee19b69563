#pragma once

#include <string>
#include <string_view>

#include "core/estimate.hpp"

namespace roofcast {

/// What is asked for instead of given.
enum class Unknown {
  batch,            ///< most conversations
  context,          ///< longest context; with an answer length given, longest prompt
  gpus,             ///< fewest devices of one replica
  kv_heads,         ///< most KV heads, as a what-if of the attention
  memory_bandwidth  ///< least bandwidth of a device that keeps the SLOs
};

[[nodiscard]] constexpr std::string_view name(Unknown u) {
  switch (u) {
    case Unknown::batch:
      return "batch";
    case Unknown::context:
      return "context";
    case Unknown::gpus:
      return "gpus";
    case Unknown::kv_heads:
      return "kv-heads";
    case Unknown::memory_bandwidth:
      return "memory-bandwidth";
  }
  return "";
}

/// The value with which everything else of a scenario fits and keeps its SLOs.
struct Solution {
  Unknown unknown = Unknown::batch;
  bool found = false;
  double value = 0;        ///< sequences, tokens, devices, heads, B/s; 0 where none is found
  std::string answer{};    ///< "at most 4 KV heads (gqa:4)", "not even 1 KV head (mqa)"
  Estimate estimate{};     ///< with the value put in; where none is found, with what comes nearest
  std::string one_step{};  ///< what the next value would be: "8 KV heads"; empty: there is none
  std::string beyond{};    ///< why that fails, in a sentence
};

/// (L3) THE FACADE for `--solve`. Conversations: the scenario's batch, else one; those of a
/// replica with DP ranks together where devices are sought. With requests that arrive, as many as the rate leads to.
/// Errors: the scenario makes no sense, contradicts the unknown, or says nothing that it could be found from.
[[nodiscard]] Result<Solution> solve(const Scenario& s, Unknown unknown);

}  // namespace roofcast
