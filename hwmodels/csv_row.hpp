#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// One row of a CSV file with the names of its columns.
struct CsvRow {
  std::string origin{};  ///< "out.csv:row 3", for messages
  std::vector<std::string> header{};
  std::vector<std::string> cells{};  ///< as many as the header

  /// The cell of that column; nullopt when the file has no such column.
  [[nodiscard]] std::optional<std::string> cell(std::string_view column) const;

  friend bool operator==(const CsvRow&, const CsvRow&) = default;
};

/// Row number `row` of an RFC 4180 file, decompressed where its name ends in .zst; 1 for the first below the header.
/// Earlier rows are read past, so that a file of any size costs the memory of one row.
[[nodiscard]] Result<CsvRow> read_csv_row(const std::filesystem::path& file, std::size_t row);

}  // namespace roofcast
