#pragma once

#include <vector>

#include "core/measured_row.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

/// Whether rows must say which device they are of.
enum class HardwareColumn { needed, optional };

/// Every row of a measurement file (docs/cli.md, "Measurement CSV"), in file order. Columns are found by
/// name; a row needs those of its op, others are left alone. A needed column or cell that is missing or
/// no number, an unknown op: errors, all of them up to a hundred.
[[nodiscard]] Result<std::vector<MeasuredRow>> measurements(const CsvFile& file,
                                                            HardwareColumn hardware = HardwareColumn::needed);

}  // namespace roofcast
