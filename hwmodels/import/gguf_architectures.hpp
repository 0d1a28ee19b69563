#pragma once

#include <span>
#include <string_view>

namespace roofcast {

/// What stands in for attention in the layers that have none.
enum class Recurrence { none, gated_delta, mamba1, mamba2, short_conv };

/// Which layers a stated sliding window applies to, when the file has no list of its own.
enum class WindowRule {
  none,         ///< none is expected: a window without a list is not understood
  every_layer,  ///< all attention layers
  period,       ///< of each `period` layers the last one sees everything
  ignored,      ///< llama.cpp keeps the whole context whatever the file says
};

/// What a GGUF file does not say about its architecture. Dimensions, biases, norms, gates and experts
/// are read from its tensors. Rules: llama.cpp src/models/*.cpp, reference in docs/model/memory.md (M2).
struct GgufArchitecture {
  std::string_view name{};         ///< general.architecture
  std::string_view model_class{};  ///< Hugging Face class of the checkpoint it was converted from
  Recurrence recurrence = Recurrence::none;
  WindowRule window_rule = WindowRule::none;
  int period = 0;
  int default_window = 0;        ///< where the file states none; 0: then there is none
  bool window_required = false;  ///< a file without a window is broken
  bool chunked = false;
  bool latent = false;        ///< MLA
  bool mixer_or_ffn = false;  ///< a layer is a token mixer or an FFN, not both
  bool dense_beside_experts = false;
  bool v_may_be_k = false;  ///< layers without attn_v use their keys as values
  bool parallel = false;    ///< attention and Mamba-2 side by side in a layer
  std::string_view note{};  ///< what an import has to say about it
};

[[nodiscard]] std::span<const GgufArchitecture> gguf_architectures();
[[nodiscard]] const GgufArchitecture* find_gguf_architecture(std::string_view name);

}  // namespace roofcast
