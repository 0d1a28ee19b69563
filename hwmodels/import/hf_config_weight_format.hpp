#pragma once

#include <optional>
#include <string_view>

#include "core/number_format.hpp"
#include "hwmodels/import/hf_config_object.hpp"

namespace roofcast::hf {

/// The formats that quantisation settings describe by numbers. Stored bytes per weight are
/// bits/8 + (scale + zero point)/group (docs/model/memory.md, M2).

/// GPTQ and AWQ: integer weights with a 16-bit scale and a zero point per group.
[[nodiscard]] WeightFormat packed_integer(std::string_view method, int bits, int group);

/// A ModelOpt `quant_algo` ("FP8", "NVFP4", "W4A16_NVFP4", ...); nullopt where it is not known. `group`
/// is the number of weights that share a scale; 0: the format's own.
[[nodiscard]] std::optional<WeightFormat> modelopt_format(std::string_view algo, int group);

/// fp8 with one fp32 scale per block of rows x columns, or per tensor where no block is stated.
[[nodiscard]] WeightFormat fp8_format(const ConfigObject& settings);

/// One group of compressed-tensors settings: `weights`, `input_activations` and a `format`. An error and
/// the plain format where it is not understood.
[[nodiscard]] WeightFormat compressed_format(const ConfigObject& group, std::string_view format,
                                             const WeightFormat& plain);

/// bitsandbytes: 4 bit (nf4, fp4) or 8 bit.
[[nodiscard]] WeightFormat bitsandbytes_format(const ConfigObject& settings, const WeightFormat& plain);

}  // namespace roofcast::hf
