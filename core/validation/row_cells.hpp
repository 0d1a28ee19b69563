#pragma once

#include <string>

#include "core/record_table.hpp"
#include "core/validation/validation.hpp"

namespace roofcast {

/// A value of a figure with the unit that its name ends in: "latency_us" is in us; "kv_tokens" is a unit itself.
[[nodiscard]] RecordTable::Cell measure_cell(double value, const FigureKind& kind);

/// "gemm.csv:12": people know the folder.
[[nodiscard]] std::string short_where(const Validation& v, const ScoredRow& row);

}  // namespace roofcast
