#pragma once

#include <string_view>

#include "core/number_format.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {

/// A named format ("fp8_block") or one spelled out, as importers make them from real tensors:
/// {"name": "q4_k_m", "bytes_per_weight": 0.61, "compute": "bf16"}. Absent: `fallback`.
[[nodiscard]] WeightFormat read_weight_format(ObjectReader& reader, std::string_view key, const WeightFormat& fallback);

/// The name alone where it says everything.
[[nodiscard]] Json weight_format_json(const WeightFormat& format);

}  // namespace roofcast
