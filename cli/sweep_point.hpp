#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hwmodels/csv_row.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {

/// "out.csv:12" → row 12 of out.csv.
[[nodiscard]] Result<CsvRow> named_point(std::string_view text);

/// Names that stand in for a row's own: a model that was given by path has no name to be found by. Empty: the row's.
struct PointNames {
  std::string model{};
  std::string hardware{};
};

/// The scenario that a sweep row was computed from. What no column says (utilisation, block size, memory,
/// SLOs, price) comes from the flags.
[[nodiscard]] Result<Scenario> scenario_of(const CsvRow& row, const ScenarioTerms& terms, const PresetRoots& roots,
                                           const PointNames& names = {});

/// A column whose recomputed cell is not the one in the file.
struct Difference {
  std::string column{};
  std::string written{};
  std::string recomputed{};

  friend bool operator==(const Difference&, const Difference&) = default;
};

/// Every figure of the row, computed again; the file's own numbering (schema, point) apart.
[[nodiscard]] std::vector<Difference> differences(const CsvRow& row, const Scenario& s);

}  // namespace roofcast::cli
