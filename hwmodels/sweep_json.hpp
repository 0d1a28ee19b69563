#pragma once

#include <string>

#include "core/sweep_columns.hpp"

namespace roofcast {

/// Appends a point as one JSON object on one line: the keys are the CSV's columns, an empty cell is null.
void append_json(const SweepRow& row, std::string& out);

}  // namespace roofcast
