#pragma once

#include <string>
#include <vector>

namespace roofcast::cli {

enum class Align { left, right };

/// Rows of text, laid out for a width. The first column names the row.
struct TextTable {
  struct Column {
    std::string header{};
    Align align = Align::right;  ///< numbers line up at their last digit
    bool optional = false;       ///< left out where there is no room; the last ones first
  };

  std::vector<Column> columns{};
  std::vector<std::vector<std::string>> rows{};  ///< each as long as `columns`; shorter ones are filled up
};

/// Columns side by side, two spaces apart. Where they do not fit, optional columns go, then left-aligned text is
/// wrapped; when even that does not help, one block a row, all columns in it: its name, then "header  value"
/// lines. No line is wider than `width`; no trailing spaces; ends with a line feed.
[[nodiscard]] std::string laid_out(const TextTable& table, int width);

/// Headers of the optional columns that laid_out() leaves out for that width; none where it stacks the columns.
[[nodiscard]] std::vector<std::string> left_out_columns(const TextTable& table, int width);

}  // namespace roofcast::cli
