#pragma once

/// Models of known size, written by hand from their published config.json. Tests use them so that a
/// golden number depends on the model's equations alone, not on a preset or an importer.

#include <string>
#include <utility>
#include <vector>

#include "core/model_spec.hpp"

namespace roofcast::tests {

/// A model whose layers are all alike: RMS norms twice per layer and once at the end.
inline ModelSpec uniform_model(std::string name, int hidden, int vocab, int layers, Attention attention, Ffn ffn) {
  ModelSpec m{.id = name, .name = std::move(name), .hidden = hidden, .vocab = vocab};
  m.kinds = {{.name = "layer", .attention = attention, .ffn = ffn, .small_params = 2.0 * hidden}};
  m.layers = std::vector<int>(static_cast<std::size_t>(layers), 0);
  m.final_small_params = hidden;
  return m;
}

/// The same layer kinds in the order that `pattern` spells, one letter of `letters` per layer.
inline std::vector<int> layer_order(std::string_view pattern, std::string_view letters) {
  std::vector<int> order;
  for (const char c : pattern) order.push_back(static_cast<int>(letters.find(c)));
  return order;
}

inline ModelSpec llama_2_7b() {
  return uniform_model("Llama-2-7B", 4096, 32000, 32, GroupedQuery{.q_heads = 32, .kv_heads = 32, .head_dim = 128},
                       DenseFfn{.intermediate = 11008});
}

inline ModelSpec llama_3_1_8b() {
  return uniform_model("Llama-3.1-8B", 4096, 128256, 32, GroupedQuery{.q_heads = 32, .kv_heads = 8, .head_dim = 128},
                       DenseFfn{.intermediate = 14336});
}

inline ModelSpec llama_3_1_70b() {
  return uniform_model("Llama-3.1-70B", 8192, 128256, 80, GroupedQuery{.q_heads = 64, .kv_heads = 8, .head_dim = 128},
                       DenseFfn{.intermediate = 28672});
}

inline ModelSpec llama_3_1_405b() {
  return uniform_model("Llama-3.1-405B", 16384, 128256, 126,
                       GroupedQuery{.q_heads = 128, .kv_heads = 8, .head_dim = 128}, DenseFfn{.intermediate = 53248});
}

/// MQA; one LayerNorm (weight and bias) per layer, attention and MLP in parallel; tied table.
inline ModelSpec falcon_7b() {
  ModelSpec m = uniform_model("Falcon-7B", 4544, 65024, 32, GroupedQuery{.q_heads = 71, .kv_heads = 1, .head_dim = 64},
                              DenseFfn{.intermediate = 18176, .gated = false});
  m.tied_embeddings = true;
  m.final_small_params = 2.0 * m.hidden;
  return m;
}

inline ModelSpec qwen3_0_6b() {
  ModelSpec m = uniform_model("Qwen3-0.6B", 1024, 151936, 28,
                              GroupedQuery{.q_heads = 16, .kv_heads = 8, .head_dim = 128, .head_norm = true},
                              DenseFfn{.intermediate = 3072});
  m.tied_embeddings = true;
  return m;
}

/// Gemma-3: every sixth layer attends to everything, the others to 1024 tokens; four norms per layer.
inline ModelSpec gemma_3(std::string name, int hidden, int layers, GroupedQuery full, int intermediate) {
  ModelSpec m = uniform_model(std::move(name), hidden, 262208, layers, full, DenseFfn{.intermediate = intermediate});
  m.tied_embeddings = true;
  m.kinds.front().name = "full";
  m.kinds.front().small_params = 4.0 * hidden;
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().name = "sliding";
  full.window = 1024;
  m.kinds.back().attention = full;
  for (std::size_t i = 0; i < m.layers.size(); ++i) m.layers[i] = (i + 1) % 6 == 0 ? 0 : 1;
  return m;
}

inline ModelSpec gemma_3_12b() {
  return gemma_3("Gemma-3-12B", 3840, 48, {.q_heads = 16, .kv_heads = 8, .head_dim = 256, .head_norm = true}, 15360);
}

inline ModelSpec gemma_3_27b() {
  return gemma_3("Gemma-3-27B", 5376, 62, {.q_heads = 32, .kv_heads = 16, .head_dim = 128, .head_norm = true}, 21504);
}

/// DeepSeek-V3's shape: the first `dense` layers have a dense MLP, the rest experts and one shared expert.
inline ModelSpec latent_moe(std::string name, int vocab, int dense, Latent attention, MixtureOfExperts moe) {
  ModelSpec m = uniform_model(std::move(name), 7168, vocab, 61, attention, DenseFfn{.intermediate = 18432});
  m.kinds.front().name = "dense";
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().name = "moe";
  m.kinds.back().ffn = moe;
  for (std::size_t i = static_cast<std::size_t>(dense); i < m.layers.size(); ++i) m.layers[i] = 1;
  return m;
}

inline Latent deepseek_latent(int heads) {
  return {.q_heads = heads, .q_rank = 1536, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128};
}

inline ModelSpec deepseek_v3() {
  return latent_moe("DeepSeek-V3", 129280, 3, deepseek_latent(128),
                    {.experts = 256, .top_k = 8, .intermediate = 2048, .shared_intermediate = 2048});
}

/// DeepSeek-V3 with a sparse indexer (DSA) in every layer.
inline ModelSpec deepseek_v3_2() {
  ModelSpec m = deepseek_v3();
  m.name = "DeepSeek-V3.2";
  Latent sparse = deepseek_latent(128);
  sparse.index_heads = 64;
  sparse.index_dim = 128;
  sparse.index_top_k = 2048;
  for (auto& kind : m.kinds) kind.attention = sparse;
  return m;
}

inline ModelSpec kimi_k2_5() {
  return latent_moe("Kimi-K2.5", 163840, 1, deepseek_latent(64),
                    {.experts = 384, .top_k = 8, .intermediate = 2048, .shared_intermediate = 2048});
}

/// Layers alternate 128:1 (HCA) and 4:1 with an indexer (CSA); both keep a raw window of 128.
inline ModelSpec deepseek_v4_pro() {
  const CompressedShared hca{.q_heads = 128,
                             .head_dim = 512,
                             .q_rank = 1536,
                             .window = 128,
                             .ratio = 128,
                             .output_groups = 16,
                             .output_rank = 1024,
                             .hyper_connections = 4};
  CompressedShared csa = hca;
  csa.ratio = 4;
  csa.index_heads = 64;
  csa.index_dim = 128;
  csa.index_top_k = 1024;
  ModelSpec m =
      uniform_model("DeepSeek-V4-Pro", 7168, 129280, 61, hca,
                    MixtureOfExperts{.experts = 384, .top_k = 6, .intermediate = 3072, .shared_intermediate = 3072});
  m.kinds.front().name = "hca";
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().name = "csa";
  m.kinds.back().attention = csa;
  m.layers = layer_order("hhchchchchchchchchchchchchchchchchchchchchchchchchchchchchchc", "hc");
  m.final_small_params += 114693;  // hyper-connections of the model's ends
  return m;
}

/// Three Gated DeltaNet layers, then one of gated grouped-query attention.
inline ModelSpec qwen3_next() {
  ModelSpec m = uniform_model(
      "Qwen3-Next-80B-A3B", 2048, 151936, 48,
      GroupedQuery{.q_heads = 16, .kv_heads = 2, .head_dim = 256, .output_gate = true, .head_norm = true},
      MixtureOfExperts{
          .experts = 512, .top_k = 10, .intermediate = 512, .shared_intermediate = 512, .shared_gate = true});
  m.kinds.front().name = "full";
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().name = "delta";
  m.kinds.back().attention =
      GatedDelta{.k_heads = 16, .k_dim = 128, .v_heads = 32, .v_dim = 128, .conv = 4, .fp32_state = true};
  for (std::size_t i = 0; i < m.layers.size(); ++i) m.layers[i] = (i + 1) % 4 == 0 ? 0 : 1;
  return m;
}

/// A plain mixture of experts: 62 layers, 256 experts of which 8 work (MiniMax-M2.5).
inline ModelSpec minimax_m2_5() {
  return uniform_model("MiniMax-M2.5", 3072, 200064, 62,
                       GroupedQuery{.q_heads = 48, .kv_heads = 8, .head_dim = 128, .full_norm = true},
                       MixtureOfExperts{.experts = 256, .top_k = 8, .intermediate = 1536});
}

}  // namespace roofcast::tests
