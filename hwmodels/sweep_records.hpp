#pragma once

#include <vector>

#include "core/chart/sweep_record.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

/// The rows of a sweep's CSV, or of a comparison's. Columns are found by name, others are left alone. A missing
/// column, another schema, a cell that is no number, a point that is there twice, a step outside its interval, an unknown
/// grade or status: errors, all of them up to a hundred.
[[nodiscard]] Result<std::vector<SweepRecord>> sweep_records(const CsvFile& file);

}  // namespace roofcast
