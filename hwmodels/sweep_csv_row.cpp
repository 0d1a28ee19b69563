#include "hwmodels/sweep_csv_row.hpp"

#include <algorithm>
#include <charconv>

namespace roofcast {

std::size_t record_end(std::string_view text, std::size_t begin) {
  bool quoted = false;
  for (std::size_t from = begin;;) {
    const auto line_break = text.find('\n', from);
    if (line_break == std::string_view::npos) return line_break;
    const auto line = text.substr(from, line_break - from);
    if (std::ranges::count(line, '"') % 2 == 1) quoted = !quoted;
    if (!quoted) return line_break + 1;
    from = line_break + 1;
  }
}

void split_cells(std::string_view row, std::vector<std::string_view>& cells) {
  cells.clear();
  if (row.ends_with('\n')) row.remove_suffix(1);
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '"') quoted = !quoted;
    if (row[i] != ',' || quoted) continue;
    cells.push_back(row.substr(begin, i - begin));
    begin = i + 1;
  }
  cells.push_back(row.substr(begin));
}

std::string_view point_cell(std::string_view row) {
  const auto first = row.find(',');
  if (first == std::string_view::npos) return {};
  row.remove_prefix(first + 1);
  return row.substr(0, row.find_first_of(",\r\n"));
}

std::optional<std::size_t> row_point(std::string_view row) {
  const auto cell = point_cell(row);
  std::size_t point = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), point);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return point;
}

}  // namespace roofcast
