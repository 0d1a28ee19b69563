#pragma once

#include <vector>

#include "hwmodels/import/gguf_architectures.hpp"
#include "hwmodels/import/gguf_keys.hpp"

namespace roofcast {

/// The dimensions that a GGUF file's metadata state, in the format's own words. Lists have one entry
/// per layer of the model; blocks of multi-token prediction are left out.
struct GgufDims {
  int layers = 0;
  int mtp_layers = 0;
  int hidden = 0;
  int context = 0;

  std::vector<int> heads{};
  std::vector<int> kv_heads{};  ///< 0: no attention in this layer
  int key_length = 0;
  int value_length = 0;
  int key_length_swa = 0;
  int value_length_swa = 0;
  std::vector<int> window{};  ///< tokens; 0: all

  std::vector<int> feed_forward{};  ///< 0: not stated
  int experts = 0;
  std::vector<int> experts_used{};

  int kv_rank = 0;
  int rope_dim = 0;
  int key_length_mla = 0;  ///< of one head before the latent; 0: a file that does not split kv_b
  int value_length_mla = 0;
  int index_heads = 0;
  int index_dim = 0;
  int index_top_k = 0;

  std::vector<int> recurrent{};  ///< 1: no attention in this layer
  int conv = 0;
  int inner = 0;
  int state = 0;
  int time_step_rank = 0;
  int groups = 0;
};

/// Reads what the architecture needs; every problem goes to the errors behind `keys`.
[[nodiscard]] GgufDims read_gguf_dims(GgufKeys& keys, const GgufArchitecture& architecture);

}  // namespace roofcast
