#pragma once

#include <string>

#include "hwmodels/validation.hpp"

namespace roofcast {

/// Every row with every column of its file, then the prediction: the columns of the ops at hand, then grade,
/// ape_percent and reason: why there is no prediction, or why the row may be faster than its roof. Columns of that name
/// in the input, of an earlier run, are replaced. Several files: the columns of the first, then those that the others
/// add; a row has nothing in columns of other files.
[[nodiscard]] std::string predicted_csv(const ValidationRun& run);

}  // namespace roofcast
