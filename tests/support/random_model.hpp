#pragma once

/// Random but valid inputs for property tests: every attention variant, every kind of FFN, every
/// engine rule. The same seed gives the same input on every machine.

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

#include <fmt/format.h>

#include "core/scenario.hpp"
#include "tests/support/sample_scenarios.hpp"

namespace roofcast::tests {

/// SplitMix64: small, and unlike std distributions the same with every standard library.
class Dice {
 public:
  explicit Dice(int seed) : state_{static_cast<std::uint64_t>(seed) * 0x9E3779B97F4A7C15u + 1} {}

  /// A whole number in [low, high].
  int between(int low, int high) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return low + static_cast<int>(z % static_cast<std::uint64_t>(high - low + 1));
  }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[between(0, static_cast<int>(values.size()) - 1)];
  }
  bool coin() { return between(0, 1) == 1; }

 private:
  std::uint64_t state_;
};

inline constexpr int kAttentionVariants = static_cast<int>(std::variant_size_v<Attention>);

inline GroupedQuery random_grouped_query(Dice& dice) {
  const int q = dice.one_of({8, 16, 32, 64});
  int kv = q;
  for (int halvings = dice.between(0, 6); halvings > 0 && kv > 1; --halvings) kv /= 2;
  return {.q_heads = q,
          .kv_heads = kv,
          .head_dim = dice.one_of({64, 80, 128, 256}),
          .v_head_dim = dice.one_of({0, 0, 128}),
          .window = dice.one_of({0, 0, 128, 1024, 4096}),
          .output_gate = dice.coin(),
          .qkv_bias = dice.coin(),
          .head_norm = dice.coin(),
          .sinks = dice.coin()};
}

inline Latent random_latent(Dice& dice) {
  Latent a{.q_heads = dice.one_of({16, 64, 128}),
           .q_rank = dice.one_of({0, 1536}),
           .kv_rank = dice.one_of({256, 512}),
           .rope_dim = dice.one_of({0, 64}),
           .nope_dim = 128,
           .v_dim = 128};
  if (dice.coin()) a.index_top_k = 2048;
  if (a.index_top_k > 0 && dice.coin()) {
    a.index_heads = 64;
    a.index_dim = 128;
  }
  return a;
}

inline CompressedShared random_compressed(Dice& dice) {
  CompressedShared a{.q_heads = dice.one_of({64, 128}),
                     .head_dim = 512,
                     .q_rank = 1536,
                     .window = 128,
                     .ratio = dice.one_of({0, 4, 128}),
                     .output_groups = 8,
                     .output_rank = 1024,
                     .hyper_connections = 4};
  if (a.ratio == 4) {
    a.index_heads = 64;
    a.index_dim = 128;
    a.index_top_k = 1024;
  }
  return a;
}

/// The variant at place `index` of Attention, with random members.
inline Attention random_attention(Dice& dice, int index) {
  switch (index) {
    case 0:
      return NoMixer{};
    case 1:
      return random_grouped_query(dice);
    case 2:
      return BlockSparse{.q_heads = 64,
                         .kv_heads = dice.one_of({4, 8}),
                         .head_dim = 128,
                         .index_heads = 8,
                         .index_dim = 128,
                         .top_blocks = 16,
                         .block_tokens = 128};
    case 3:
      return random_latent(dice);
    case 4:
      return random_compressed(dice);
    case 5:
      return GatedDelta{
          .k_heads = 16, .k_dim = 128, .v_heads = dice.one_of({16, 32}), .v_dim = 128, .conv = 4, .fp32_state = true};
    case 6:
      return KimiDelta{.heads = 32, .head_dim = 128, .conv = 4, .full_gate = dice.coin()};
    case 7:
      return Lightning{.heads = 64, .head_dim = 128, .fp32_state = dice.coin()};
    case 8:
      return Mamba1{.inner = 8192, .state = 16, .conv = 4, .dt_rank = 256};
    case 9:
      return Mamba2{.heads = 64, .head_dim = 64, .groups = 8, .state = 128, .conv = 4, .fp32_state = dice.coin()};
    case 10:
      return ShortConv{.conv = 3};
    default:
      return ParallelHybrid{.q_heads = 32,
                            .kv_heads = dice.one_of({2, 8}),
                            .head_dim = 128,
                            .ssm_heads = 32,
                            .ssm_head_dim = 128,
                            .groups = 8,
                            .state = 256,
                            .conv = 4};
  }
}

inline Ffn random_ffn(Dice& dice) {
  switch (dice.between(0, 3)) {
    case 0:
      return NoFfn{};
    case 1:
      return DenseFfn{.intermediate = 1024 * dice.between(1, 24), .gated = dice.coin(), .bias = dice.coin()};
    default:
      return MixtureOfExperts{.experts = dice.one_of({8, 64, 256}),
                              .top_k = dice.one_of({1, 2, 8}),
                              .intermediate = 256 * dice.between(1, 16),
                              .shared_intermediate = dice.one_of({0, 2048}),
                              .latent = dice.one_of({0, 0, 1024}),
                              .gated = dice.coin(),
                              .router_bias = dice.coin()};
  }
}

inline WeightFormat random_weight_format(Dice& dice) {
  const auto all = weight_formats();
  return all[static_cast<std::size_t>(dice.between(0, static_cast<int>(all.size()) - 1))];
}

/// One to three kinds of layers in random order; over the seeds every attention variant occurs.
inline ModelSpec random_model(int seed) {
  Dice dice{seed};
  ModelSpec m{.id = fmt::format("random-{}", seed),
              .name = fmt::format("Random-{}", seed),
              .hidden = 512 * dice.between(1, 16),
              .vocab = 1000 * dice.between(8, 256),
              .tied_embeddings = dice.coin()};
  m.final_small_params = m.hidden;
  const int kinds = dice.between(1, 3);
  for (int i = 0; i < kinds; ++i) {
    LayerKind kind{.name = fmt::format("kind-{}", i)};
    kind.attention = random_attention(dice, (seed + 5 * i) % kAttentionVariants);
    kind.ffn = random_ffn(dice);
    kind.small_params = 2.0 * m.hidden;
    if (dice.coin())
      kind.formats = {.attention = random_weight_format(dice),
                      .mlp = random_weight_format(dice),
                      .experts = random_weight_format(dice)};
    m.kinds.push_back(kind);
  }
  for (int layers = dice.between(kinds, 48), i = 0; i < layers; ++i)
    m.layers.push_back(i < kinds ? i : dice.between(0, kinds - 1));
  m.params_incomplete = dice.coin();
  return m;
}

/// A model with plain attention only (any window): what heads, windows and fp8 say can be put in closed form.
inline ModelSpec random_plain_model(int seed) {
  Dice dice{seed};
  ModelSpec m = random_model(seed);
  for (auto& kind : m.kinds) kind.attention = random_grouped_query(dice);
  return m;
}

inline Device random_device(int seed) {
  using namespace units;
  Dice dice{seed + 7919};
  Device d{.id = "random",
           .name = "Random",
           .memory = static_cast<double>(dice.between(8, 288)) * GiB,
           .bandwidth = static_cast<double>(dice.between(50, 8000)) * GB / s,
           .peaks = {.bf16 = static_cast<double>(dice.between(1, 2500)) * TFLOP / s},
           .link_domain = dice.one_of({1, 8, 72}),
           .pcie = static_cast<double>(dice.between(8, 128)) * GB / s};
  if (dice.coin()) d.peaks.fp8 = 2.0 * *d.peaks.bf16;
  if (dice.coin()) d.link = static_cast<double>(dice.between(50, 900)) * GB / s;
  return d;
}

inline Engine random_engine(int seed) {
  Engine e = Dice{seed + 104729}.one_of({vllm(), sglang(), trtllm(), llamacpp()});
  if (e.memory_utilization <= 0) e.memory_utilization = 0.85;
  return e;
}

/// A way to cut the model that deployment_errors accepts; a single device when the dice find none.
inline Deployment random_deployment(const ModelSpec& m, int seed) {
  Dice dice{seed + 15485863};
  for (int attempt = 0; attempt < 20; ++attempt) {
    Deployment d{
        .tp = dice.one_of({1, 2, 4, 8, 16}), .pp = dice.one_of({1, 1, 2, 3, 4}), .dp = dice.one_of({1, 1, 2, 4})};
    if (dice.coin()) d.ep = dice.one_of({d.tp, d.tp * d.dp, 2});
    if (dice.coin()) d.dcp = dice.one_of({1, 2, d.tp});
    if (deployment_errors(m, d).empty()) return d;
  }
  return {};
}

inline KvFormat random_kv_format(int seed) {
  const auto all = kv_formats();
  return all[static_cast<std::size_t>(Dice{seed + 32452843}.between(0, static_cast<int>(all.size()) - 1))];
}

/// A question that scenario_errors accepts.
inline Scenario random_scenario(int seed) {
  Scenario s{.model = random_model(seed), .device = random_device(seed), .engine = random_engine(seed)};
  s.deployment = random_deployment(s.model, seed);
  s.kv = random_kv_format(seed);
  s.workload.context = Dice{seed + 49979687}.between(1, 200'000);
  return s;
}

}  // namespace roofcast::tests
