#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calibrated/serving_calibration.hpp"
#include "core/device.hpp"
#include "core/figure_source.hpp"
#include "core/result.hpp"
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

/// An engine's default sizes on devices of one sort: vLLM takes more tokens a step where there is memory
/// for them. All conditions that are stated must hold.
struct BatchRule {
  std::string name{};  ///< "large GPUs"
  std::optional<DeviceClass> device_class{};
  std::string name_has{};    ///< part of the device's name, lower case
  std::string name_lacks{};  ///< "a100"
  Bytes memory_from{};       ///< the device reports at least so much
  bool per_rank = false;     ///< the sizes count for each rank of a replica
  int max_batched_tokens = 0;
  int max_sequences = 0;
  std::string source{};

  friend bool operator==(const BatchRule&, const BatchRule&) = default;
};

/// The memory rules of an inference engine, from its source code; read from presets/engine/*.json.
struct Engine {
  std::string id{};       ///< "vllm"
  std::string name{};     ///< "vLLM"
  std::string version{};  ///< whose rules these are
  std::vector<std::string> aliases{};

  bool two_batch = false;              ///< it can let halves of a batch take turns (D14)
  std::vector<std::string> vendors{};  ///< of the devices that it runs on; empty: not limited to some

  MemoryRule memory_rule = MemoryRule::fraction_of_total;
  PoolRule pool_rule = PoolRule::grouped_pages;
  double memory_utilization = 0.9;  ///< the engine's fraction; 0: SGLang's automatic rule
  int block_tokens = 16;
  int max_batched_tokens = 8192;              ///< prompt tokens of one step: sizes the activation peak
  int max_sequences = 256;                    ///< default cap on concurrent sequences
  std::vector<BatchRule> batch_rules{};       ///< the first that a device meets replaces both (core/batch_limits.hpp)
  Bytes context{};                            ///< driver context, kernels, allocator: before anything is loaded
  Bytes collectives{};                        ///< communication buffers of one rank when ranks talk
  Bytes graphs{};                             ///< captured CUDA graphs, when the engine subtracts them
  Bytes graph_per_layer{};                    ///< (M11) of one captured size and layer; 0: `graphs` is all
  double sampling_bytes = 22;                 ///< (M10) alive for each logit while a batch is sampled
  int latent_workspace_rows = 0;              ///< (M10) latents that one layer of MLA expands in the profile run
  std::vector<ServingCalibration> serving{};  ///< fits of its speed, the strongest first; none: datasheet roofs
  std::vector<std::string> notes{};
  std::vector<FigureSource> sources{};  ///< one per figure of the profile

  friend bool operator==(const Engine&, const Engine&) = default;
};

/// "TensorRT-LLM does not run on MI300X (devices of NVIDIA)" as an error; none for a device of a vendor that is not
/// known.
[[nodiscard]] Errors engine_errors(const Engine& engine, const Device& device);

}  // namespace roofcast
