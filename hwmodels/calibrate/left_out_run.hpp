#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/measured_row.hpp"
#include "core/record_table.hpp"
#include "core/units.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

/// A serving run that a fit does not use.
struct LeftOutRun {
  ServingRun run{};
  std::string device{};
  std::size_t record = 0;               ///< of its file
  std::optional<Seconds> least_tpot{};  ///< of a steady stream under the datasheet roofs; absent without a deployment
  std::string reason{};
};

/// Where each run is, what it says of itself, its measured and its least TPOT, and the reason.
[[nodiscard]] RecordTable left_out_records(const std::vector<LeftOutRun>& runs, const CsvFile& file);

}  // namespace roofcast
