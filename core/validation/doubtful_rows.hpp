#pragma once

#include <cstddef>
#include <vector>

#include "core/record_table.hpp"
#include "core/validation/validation.hpp"

namespace roofcast {

/// Indices of the rows faster than their roof, those furthest below it first, equal ones in file order.
[[nodiscard]] std::vector<std::size_t> doubtful_rows(const Validation& v);

/// All of them: where they are, what they measured, the least time by the data sheet and the likely reason.
[[nodiscard]] RecordTable doubtful_records(const Validation& v);

}  // namespace roofcast
