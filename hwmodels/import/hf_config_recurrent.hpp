#pragma once

#include <string_view>
#include <vector>

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// Whether recurrent states are kept in fp32: as the config says, else yes, as engines do by default.
[[nodiscard]] bool fp32_state(const Config& config);

/// A rank that may be spelled "auto": one sixteenth of the hidden width, rounded up.
[[nodiscard]] int time_step_rank(const Config& config, std::string_view key, const Draft& draft);

/// Mamba-2 with the keys of Granite-4-H and Falcon-H1 (mamba_n_heads, mamba_d_head, ...).
[[nodiscard]] Mamba2 prefixed_mamba2(const Config& config, const Draft& draft);

/// The `layer_types` list as true (a recurrent layer, under one of `recurrent`'s names) or false (full
/// attention). Any other word is an error; empty on errors.
[[nodiscard]] std::vector<bool> recurrent_layers(const Config& config, int layers, Aliases recurrent);

}  // namespace roofcast::hf
