#pragma once

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// Multi-head latent attention without an indexer. `num_key_value_heads` and `head_dim` say nothing about
/// its cache and are not read.
[[nodiscard]] Latent latent_attention(const Config& config);

}  // namespace roofcast::hf
