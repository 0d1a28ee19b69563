#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// Largest table that is read whole: two million measured rows. Sweeps may be larger (`read_csv_row`).
inline constexpr std::size_t kMaxCsvBytes = 128u << 20;

/// A table of another kind is wrong in every line: readers stop after so many.
inline constexpr std::size_t kManyErrors = 100;

/// A table read whole, every record with as many cells as the header. Cells lie in one text: a table
/// costs about three times its file, whatever its shape.
class CsvFile {
 public:
  std::string name{};  ///< for messages
  std::vector<std::string> header{};

  /// Columns are found by name, never by place.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view title) const;
  [[nodiscard]] std::size_t records() const { return lines_.size(); }
  [[nodiscard]] std::string_view cell(std::size_t record, std::size_t column) const;
  /// Where the record starts in the file; 1 is the header's line.
  [[nodiscard]] std::size_t line(std::size_t record) const { return lines_[record]; }

  /// @pre as many cells as the header.
  void append(const std::vector<std::string_view>& cells, std::size_t line);

  friend bool operator==(const CsvFile&, const CsvFile&) = default;

 private:
  std::string text_{};
  std::vector<std::uint32_t> ends_{};  ///< of each cell, record by record
  std::vector<std::uint32_t> lines_{};
};

/// Text to table (RFC 4180; CRLF, a byte order mark and blank lines are tolerated). Broken quoting, bytes that are
/// no UTF-8, a record with more or fewer cells than the header, a column name that occurs twice: reported
/// as "file:line".
[[nodiscard]] Result<CsvFile> parse_csv(std::string_view text, std::string_view name);
/// Decompressed where the name ends in .zst.
[[nodiscard]] Result<CsvFile> read_csv_file(const std::filesystem::path& file);

}  // namespace roofcast
