#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/calibrated/kernel_call.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

/// Reads the cells that one row's operator needs. What is missing or no number is collected as
/// "file:line:column". A column that the file lacks is reported once per operator, for the first of its rows.
class MeasurementCells {
 public:
  MeasurementCells(const CsvFile& file, std::size_t record, bool first_of_op, Errors& errors)
      : file_{file}, record_{record}, first_of_op_{first_of_op}, errors_{errors} {}

  /// The cell; an error where the file has no such column or the cell is empty.
  [[nodiscard]] std::string text(std::string_view column);
  /// The cell, empty where the file has no such column. Names are printable: a control character is an error.
  [[nodiscard]] std::string text_or_empty(std::string_view column);
  /// Decimal, at least `least`.
  [[nodiscard]] double number(std::string_view column, double least);
  /// A whole number, at least `least`.
  [[nodiscard]] double count(std::string_view column, double least);
  /// A whole number; a missing column, an empty cell or 0 mean 1.
  [[nodiscard]] double count_or_one(std::string_view column);
  /// Above 0; nullopt where the column or the cell is not there.
  [[nodiscard]] std::optional<double> value_if_any(std::string_view column);
  /// The same, but repeats may agree to all digits that are written: 0 is no spread.
  [[nodiscard]] std::optional<double> spread_if_any(std::string_view column);
  /// Bytes of one element of a named cache format. An unknown name leaves a problem, not an error: the
  /// row can be read, but nothing follows from it.
  [[nodiscard]] double element_bytes(std::string_view column);

  void add_error(std::string_view column, std::string what, std::string hint = {});
  /// Why nothing can be predicted for the row; the first reason stays.
  void add_problem(std::string problem);
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] std::string cell(std::string_view column) const;  ///< empty where there is none
  [[nodiscard]] std::string needed(std::string_view column);
  [[nodiscard]] std::string printable(std::string_view column, std::string name);
  [[nodiscard]] double parsed(std::string_view column, std::string_view found, double least, bool whole);

  const CsvFile& file_;
  std::size_t record_;
  bool first_of_op_;
  Errors& errors_;
  std::string problem_{};
};

}  // namespace roofcast
