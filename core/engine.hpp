#pragma once

#include <string>
#include <vector>

#include "core/figure_source.hpp"
#include "core/units.hpp"

namespace roofcast {

/// How an engine decides what is left for the KV cache (docs/model/memory.md, M6).
enum class MemoryRule {
  fraction_of_total,  ///< vLLM: fraction x device memory, minus everything else
  static_fraction,    ///< SGLang: (weights + KV) = fraction x memory free before loading
  fraction_of_free,   ///< TensorRT-LLM: fraction x what is free after weights and activations
  whole_device,       ///< llama.cpp: the cache is allocated up front for n_ctx; all memory counts
};

/// How sliding-window and recurrent layers share the pool with full-attention layers (M7).
enum class PoolRule {
  grouped_pages,   ///< vLLM: layers in groups of equal size, one pool of equal pages
  separate_pools,  ///< TensorRT-LLM, SGLang: one pool per kind of layer
  padded_cells,    ///< llama.cpp: cells padded to 256, window cache holds window + micro-batch
};

/// The memory rules of an inference engine, from its source code; read from presets/engine/*.json.
struct Engine {
  std::string id{};       ///< "vllm"
  std::string name{};     ///< "vLLM"
  std::string version{};  ///< whose rules these are
  std::vector<std::string> aliases{};

  MemoryRule memory_rule = MemoryRule::fraction_of_total;
  PoolRule pool_rule = PoolRule::grouped_pages;
  double memory_utilization = 0.9;  ///< the engine's fraction; 0: SGLang's automatic rule
  int block_tokens = 16;
  int max_batched_tokens = 8192;  ///< prompt tokens of one step: sizes the activation peak
  int max_sequences = 256;        ///< default cap on concurrent sequences
  Bytes context{};                ///< driver context, kernels, allocator: before anything is loaded
  Bytes collectives{};            ///< communication buffers of one rank when ranks talk
  Bytes graphs{};                 ///< captured CUDA graphs, when the engine subtracts them
  std::vector<std::string> notes{};
  std::vector<FigureSource> sources{};  ///< one per figure of the profile

  friend bool operator==(const Engine&, const Engine&) = default;
};

}  // namespace roofcast
