#pragma once

/// A scenario small enough to follow with pencil and paper.

#include "core/scenario.hpp"

namespace roofcast::tests {

/// One layer, 4 query heads, head_dim 5, hidden 20, FFN 40, vocabulary 100.
///   attention: q 4*5*20 = 400, k and v kv_heads*(5+5)*20 = 200 per KV head, o 400
///   FFN 3*20*40 = 2,400; two tables of 100*20 = 2,000
/// With 4 KV heads 8,000 parameters = 16,000 B, and 4*(5+5)*2 = 80 B of cache per token.
inline ModelSpec toy_model(int kv_heads = 4) {
  ModelSpec m{.id = "toy", .name = "Toy", .hidden = 20, .vocab = 100};
  m.kinds = {{.name = "full",
              .attention = GroupedQuery{.q_heads = 4, .kv_heads = kv_heads, .head_dim = 5},
              .ffn = DenseFfn{.intermediate = 40}}};
  m.layers = {0};
  return m;
}

/// 100,000 B of memory, 1 MB/s, 1 GFLOP/s in every type.
inline Device toy_device() {
  using namespace units;
  return {.id = "toy-device",
          .name = "Toy device",
          .memory = 100000.0 * byte,
          .bandwidth = 1.0 * MB / s,
          .peaks = {.fp32 = 1.0 * GFLOP / s, .bf16 = 1.0 * GFLOP / s, .fp8 = 1.0 * GFLOP / s},
          .link = 1.0 * MB / s,
          .link_domain = 8,
          .pcie = 1.0 * MB / s};
}

/// All memory, blocks of 10 tokens, one sampled sequence: the peak is 100 logits x 22 B = 2,200 B.
inline Engine toy_engine() {
  return {.id = "toy-engine",
          .name = "Toy engine",
          .version = "1",
          .memory_utilization = 1,
          .block_tokens = 10,
          .max_batched_tokens = 1,
          .max_sequences = 1};
}

/// Pool 100,000 - 16,000 - 2,200 = 81,800 B = 102 blocks of 800 B, one of them the null block.
/// A context of 100 tokens takes 10 blocks: 10 sequences fit.
inline Scenario toy_scenario(int kv_heads = 4) {
  Scenario s{.model = toy_model(kv_heads), .device = toy_device(), .engine = toy_engine()};
  s.workload.context = 100;
  return s;
}

}  // namespace roofcast::tests
