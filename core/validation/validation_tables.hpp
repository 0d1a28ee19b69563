#pragma once

#include "core/record_table.hpp"
#include "core/validation/validation.hpp"

namespace roofcast {

/// One record: files, rows, rows with a prediction, the worst median APE of an op's figure.
[[nodiscard]] RecordTable summary_records(const Validation& v);
/// Errors by group, with both baselines over the same rows.
[[nodiscard]] RecordTable score_records(const Validation& v);
/// The rows of one grouping alone, as text tables show them.
[[nodiscard]] RecordTable score_records(const Validation& v, std::string_view grouping);
/// The rows with the largest errors and the roof that was predicted.
[[nodiscard]] RecordTable worst_records(const Validation& v, std::size_t most);
/// Rows faster than their roof, by op and likely cause.
[[nodiscard]] RecordTable faster_records(const Validation& v);
/// Rows without a prediction, by op and reason.
[[nodiscard]] RecordTable unpredicted_records(const Validation& v);

}  // namespace roofcast
