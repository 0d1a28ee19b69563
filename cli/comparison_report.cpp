#include "cli/comparison_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/figure_text.hpp"
#include "cli/ink.hpp"
#include "cli/report_section.hpp"
#include "cli/text_table.hpp"
#include "cli/text_width.hpp"
#include "core/comparison_notes.hpp"
#include "core/comparison_rows.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"

namespace roofcast::cli {
namespace {

constexpr int kUnlimited = 1 << 20;

std::string figure(const ComparisonRow& row, std::size_t i) {
  if (!row.values[i]) return row.words[i];
  const double v = *row.values[i];
  switch (row.unit) {
    case RowUnit::bytes:
      return exact_bytes(Bytes{v});
    case RowUnit::capacity:
      return format_bytes(Bytes{v});
    case RowUnit::sequences:
    case RowUnit::tokens:
      return with_thousands(v);
    case RowUnit::milliseconds:
      return format_seconds(v * units::ms);
    case RowUnit::per_second:
      return short_number(v);
    case RowUnit::word:
      break;
  }
  return row.words[i];
}

/// Columns [first, last) of a comparison.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
};

enum class Changes { beside, below };

void add_row(TextTable& table, const ComparisonRow& row, Span span, Changes changes) {
  std::vector<std::string> figures{"  " + row.title}, below{""};
  for (std::size_t i = span.first; i < span.last; ++i) {
    const auto ratio = row.ratio(i);
    const auto text = ratio ? change(*ratio) : std::string{};
    figures.push_back(figure(row, i));
    if (changes == Changes::beside)
      figures.push_back(text);
    else
      below.push_back(text);
  }
  table.rows.push_back(std::move(figures));
  const bool changed = std::ranges::any_of(below, [](const auto& text) { return !text.empty(); });
  if (changed) table.rows.push_back(std::move(below));
}

TextTable table_of(const Comparison& c, const std::vector<ComparisonRow>& rows, Span span, Changes changes) {
  TextTable table{.columns = {{"", Align::left}}};
  for (std::size_t i = span.first; i < span.last; ++i) {
    table.columns.push_back({c.columns[i].label + (c.columns[i].own ? " (own)" : "")});
    if (changes == Changes::beside) table.columns.push_back({"", Align::left});
  }
  std::string_view group;
  for (const auto& row : rows) {
    if (row.group != group) table.rows.emplace_back();  // with_headings() fills it
    group = row.group;
    add_row(table, row, span, changes);
  }
  return table;
}

/// A heading is wider than the first column: it takes the empty line that was left for it.
std::string with_headings(const std::string& laid, const std::vector<ComparisonRow>& rows, const Terminal& terminal) {
  std::string out;
  auto row = rows.begin();
  for (std::size_t at = 0; at < laid.size();) {
    const auto end = laid.find('\n', at);
    if (end == at && row != rows.end()) {
      auto heading = paragraph(fmt::format("{} ({})", row->group, row->label), terminal.columns);
      heading.pop_back();  // the empty line's own end follows
      out += Ink{terminal.color}.bold(heading);
      row = std::find_if(row, rows.end(), [group = row->group](const auto& r) { return r.group != group; });
    }
    out += laid.substr(at, end + 1 - at);
    at = end + 1;
  }
  return out;
}

int longest_line(const std::string& text) {
  int longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, display_width(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return longest;
}

/// The columns from `first` on that fit side by side, at least one.
std::string block(const Comparison& c, const std::vector<ComparisonRow>& rows, Span& span, int columns) {
  for (span.last = c.columns.size();; --span.last)
    for (const Changes changes : {Changes::beside, Changes::below}) {
      const TextTable table = table_of(c, rows, span, changes);
      const auto text = laid_out(table, kUnlimited);
      if (longest_line(text) <= columns) return text;
      if (changes == Changes::below && span.last == span.first + 1) return laid_out(table, columns);
    }
}

/// Keeps the columns' order.
void add_new(std::vector<std::string>& words, const std::string& word) {
  if (std::ranges::find(words, word) == words.end()) words.push_back(word);
}

/// What all columns have in common.
std::string subject(const Comparison& c) {
  std::vector<std::string> models, machines, caches;
  const Estimate* any = nullptr;
  for (const auto& column : c.columns) {
    if (!column.at_maximum) continue;
    any = &*column.at_maximum;
    add_new(models, any->scenario.model.name);
    add_new(machines, deployment_text(any->scenario));
    add_new(caches, any->scenario.kv.name);
  }
  return fmt::format("{} on {}, {} {}: conversations of {} ({} on average), {} KV cache.", fmt::join(models, ", "),
                     fmt::join(machines, ", "), any->scenario.engine.name, any->scenario.engine.version,
                     length_text(any->scenario.workload), with_thousands(any->scenario.workload.mean_length()),
                     fmt::join(caches, " or "));
}

}  // namespace

ReportSection comparison_section(const Comparison& c) {
  const Span all{.last = c.columns.size()};
  ReportSection section{.title = "Attention variants side by side", .table = table_of(c, {}, all, Changes::beside)};
  std::string_view group;
  const auto rows = comparison_rows(c);
  for (const auto& row : rows) {
    if (row.group != group) section.table.rows.push_back({fmt::format("{} ({})", row.group, row.label)});
    group = row.group;
    add_row(section.table, row, all, Changes::beside);
  }
  section.remarks = {fmt::format("Changes are against {}.", c.columns.front().label)};
  for (const auto& note : comparison_notes(c)) section.remarks.push_back("- " + note);
  return section;
}

std::string comparison_report(const Comparison& c, const Terminal& terminal) {
  const auto rows = comparison_rows(c);
  std::string out = paragraph(subject(c), terminal.columns);
  if (c.columns.size() > 1)
    out += paragraph(fmt::format("Changes are against {}.", c.columns.front().label), terminal.columns);
  for (Span span; span.first < c.columns.size(); span.first = span.last)
    out += '\n' + with_headings(block(c, rows, span, terminal.columns), rows, terminal);
  out += '\n';
  for (const auto& note : comparison_notes(c)) out += paragraph("- " + note, terminal.columns, 2);
  return out;
}

}  // namespace roofcast::cli
