#pragma once

#include <vector>

#include "core/model_spec.hpp"
#include "hwmodels/import/hf_config_draft.hpp"
#include "hwmodels/import/hf_config_quantization.hpp"

namespace roofcast::hf {

/// The formats of one layer's attention, MLPs and experts, and of the matrices stored unlike the rest of
/// their module. Where a fused matrix mixes formats, its bytes per weight are the mean over its parameters,
/// and it is multiplied as most of them are.
[[nodiscard]] ModuleFormats module_formats(const Quantization& quantization, const Layer& layer,
                                           const ModuleNames& names, int index, int hidden);

/// Gathers layers that are alike into kinds; fills `kinds` and `layers` of the model.
void gather_kinds(const Draft& draft, const Quantization& quantization, ModelSpec& model);

}  // namespace roofcast::hf
