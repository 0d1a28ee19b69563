#pragma once

#include <vector>

#include "core/measured_row.hpp"
#include "hwmodels/calibrate/row_group.hpp"

namespace roofcast {

/// The groups that errors of decode attention are reported by: attention, batch and context decade, cache dtype,
/// bytes read from the cache.
[[nodiscard]] std::vector<RowGroup> attention_groups(const Measured<DecodeAttentionCall>& row);

}  // namespace roofcast
