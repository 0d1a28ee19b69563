#pragma once

#include <vector>

#include "core/record_table.hpp"
#include "hwmodels/calibrate/row_group.hpp"

namespace roofcast::cli {

/// Errors by group: of the rows a fit saw, and of those it did not.
[[nodiscard]] RecordTable accuracy_records(const std::vector<GroupAccuracy>& groups);

}  // namespace roofcast::cli
