#include "cli/text_table.hpp"

#include <algorithm>
#include <numeric>

#include "cli/text_width.hpp"

namespace roofcast::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowestText = 13;  // a text column thinner than this reads badly

using Row = std::vector<std::string>;

Row headers(const TextTable& table) {
  Row row;
  for (const auto& column : table.columns) row.push_back(column.header);
  return row;
}

/// The table's rows, each exactly as long as the columns.
std::vector<Row> filled_rows(const TextTable& table) {
  auto rows = table.rows;
  for (auto& row : rows) row.resize(table.columns.size());
  return rows;
}

std::vector<int> natural_widths(const TextTable& table, const std::vector<Row>& rows) {
  std::vector<int> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    int width = display_width(table.columns[c].header);
    for (const auto& row : rows) width = std::max(width, display_width(row[c]));
    widths.push_back(width);
  }
  return widths;
}

int total(const std::vector<int>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0) + kGap * (static_cast<int>(widths.size()) - 1);
}

/// Leaves out optional columns, the last first, until the rest fits or none is left.
void drop_optional(TextTable& table, int available) {
  while (total(natural_widths(table, table.rows)) > available) {
    const auto last =
        std::find_if(table.columns.rbegin(), table.columns.rend(), [](const auto& c) { return c.optional; });
    if (last == table.columns.rend()) return;
    const auto at = table.columns.rend() - last - 1;
    table.columns.erase(table.columns.begin() + at);
    for (auto& row : table.rows) row.erase(row.begin() + at);
  }
}

/// Takes columns from the widest text columns until the row fits. False when they would become too thin.
bool shrink(std::vector<int>& widths, const TextTable& table, int available) {
  while (total(widths) > available) {
    std::size_t widest = widths.size();
    for (std::size_t c = 0; c < widths.size(); ++c)
      if (table.columns[c].align == Align::left && (widest == widths.size() || widths[c] > widths[widest])) widest = c;
    if (widest == widths.size() || widths[widest] <= kNarrowestText) return false;
    --widths[widest];
  }
  return true;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string padded(const std::string& text, int width, Align align) {
  const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return align == Align::left ? text + space : space + text;
}

void append_row(std::string& out, const Row& row, const TextTable& table, const std::vector<int>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const bool fits = display_width(row[c]) <= widths[c];
    cells.push_back(fits ? std::vector{row[c]} : wrapped(row[c], widths[c]));
    height = std::max(height, cells.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) text.append(kGap, ' ');
      text += padded(line < cells[c].size() ? cells[c][line] : "", widths[c], table.columns[c].align);
    }
    out += without_trailing_spaces(std::move(text)) + '\n';
  }
}

std::string side_by_side(const TextTable& table, const std::vector<Row>& rows, const std::vector<int>& widths) {
  std::string out;
  const Row top = headers(table);
  if (std::ranges::any_of(top, [](const auto& h) { return !h.empty(); })) append_row(out, top, table, widths);
  for (const auto& row : rows) append_row(out, row, table, widths);
  return out;
}

std::string stacked(const TextTable& table, const std::vector<Row>& rows, int width) {
  int label = 0;
  for (std::size_t c = 1; c < table.columns.size(); ++c)
    label = std::max(label, display_width(table.columns[c].header));
  std::string out;
  for (const auto& row : rows) {
    for (const auto& line : wrapped(row.front(), width)) out += line + '\n';
    for (std::size_t c = 1; c < row.size(); ++c) {
      if (row[c].empty()) continue;
      const int indent = 2 + label + kGap;
      const auto lines = wrapped(row[c], width - indent);
      for (std::size_t i = 0; i < lines.size(); ++i)
        out += without_trailing_spaces("  " + padded(i == 0 ? table.columns[c].header : "", label + kGap, Align::left) +
                                       lines[i]) +
               '\n';
    }
  }
  return out;
}

}  // namespace

std::string laid_out(const TextTable& table, int width) {
  if (table.columns.empty()) return {};
  TextTable full = table;
  full.rows = filled_rows(table);
  TextTable shown = full;
  drop_optional(shown, width);
  auto widths = natural_widths(shown, shown.rows);
  if (shrink(widths, shown, width)) return side_by_side(shown, shown.rows, widths);
  return stacked(full, full.rows, width);
}

std::vector<std::string> left_out_columns(const TextTable& table, int width) {
  TextTable shown = table;
  shown.rows = filled_rows(table);
  drop_optional(shown, width);
  auto widths = natural_widths(shown, shown.rows);
  if (!shrink(widths, shown, width)) return {};
  std::vector<std::string> names = headers(table);
  for (const auto& name : headers(shown)) names.erase(std::ranges::find(names, name));
  return names;
}

}  // namespace roofcast::cli
