#pragma once

#include <vector>

#include "core/chart/parity_figure.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

/// Rows of a measurement file with their predictions, as `roofcast validate -o` writes them. Rows without a prediction
/// are left out. Errors: as measurements(); no column of predictions; a prediction that is no number.
[[nodiscard]] Result<std::vector<ParityPoint>> parity_points(const CsvFile& file);

}  // namespace roofcast
