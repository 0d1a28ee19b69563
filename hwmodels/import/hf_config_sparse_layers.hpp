#pragma once

#include <vector>

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// Which layers of a mixture-of-experts model hold experts (the others are dense). Families spell this
/// as a list of words, of flags or of indices, as periods with offsets, or as a number of dense layers.
[[nodiscard]] std::vector<bool> sparse_layers(const Config& config, int layers);

}  // namespace roofcast::hf
