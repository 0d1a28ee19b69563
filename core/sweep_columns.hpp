#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sweep_row.hpp"

namespace roofcast {

/// What a column tells: what came out, the question (which model, how long, how loaded), or a choice among its answers.
enum class ColumnRole { outcome, question, choice };

/// One column of the sweep CSV: its name, and what it says of a row, a number or a word.
struct SweepColumn {
  std::string_view name;
  double (*number)(const SweepRow& row) = nullptr;          ///< NaN: an empty cell
  std::string_view (*word)(const SweepRow& row) = nullptr;  ///< of columns of text
  bool of_config = false;                                   ///< the same for all points of a config
  std::string_view like{};  ///< a column in front of it that often has the same number, whose text is then copied
  ColumnRole role = ColumnRole::outcome;

  [[nodiscard]] bool is_word() const { return word != nullptr; }
  /// Appends the row's cell.
  void write(const SweepRow& row, std::string& out) const;
};

/// The columns in the contract's order; append-only within kSweepSchema.
[[nodiscard]] std::span<const SweepColumn> sweep_columns();
inline constexpr int kSweepSchema = 1;

/// Names of the columns that are no outcome.
[[nodiscard]] std::vector<std::string> input_columns();
/// Names of the columns of the question, with commas between them.
[[nodiscard]] std::string question_columns();

[[nodiscard]] std::string sweep_header();
/// Appends the row as a CSV line with its LF.
void append_csv(const SweepRow& row, std::string& out);

}  // namespace roofcast
