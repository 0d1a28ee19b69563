#include "hwmodels/predicted_csv.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/csv.hpp"

namespace roofcast {
namespace {

/// A predicted column of the output and where rows find it.
struct Column {
  std::string_view title{};
  std::size_t figure = 0;
  enum class Part { predicted, low, high } part = Part::predicted;
};

std::vector<Column> columns_of(std::span<const FigureKind> kinds) {
  std::vector<Column> out;
  for (std::size_t figure = 0; figure < kinds.size(); ++figure) {
    out.push_back({kinds[figure].predicted, figure, Column::Part::predicted});
    if (kinds[figure].low.empty()) continue;
    out.push_back({kinds[figure].low, figure, Column::Part::low});
    out.push_back({kinds[figure].high, figure, Column::Part::high});
  }
  return out;
}

/// The predicted columns of each kind of op that occurs, in the order of measured_ops().
std::vector<std::vector<Column>> predicted_columns(const Validation& v) {
  std::set<std::size_t> ops;
  for (const auto& r : v.rows) ops.insert(r.row.call.index());
  std::vector<std::vector<Column>> out;
  std::string_view last;
  for (const auto op : ops) {
    auto columns = columns_of(figure_kinds(op));
    if (columns.front().title == last) continue;  // all kernels share theirs
    last = columns.front().title;
    out.push_back(std::move(columns));
  }
  return out;
}

bool is_output(std::string_view title, const std::vector<std::vector<Column>>& predicted) {
  if (title == "grade" || title == "ape_percent" || title == "reason") return true;
  return std::ranges::any_of(predicted, [&](const auto& columns) {
    return std::ranges::any_of(columns, [&](const auto& column) { return column.title == title; });
  });
}

std::vector<std::string> input_titles(const ValidationRun& run, const std::vector<std::vector<Column>>& predicted) {
  std::vector<std::string> titles;
  for (const auto& file : run.inputs)
    for (const auto& title : file.header)
      if (!is_output(title, predicted) && std::ranges::find(titles, title) == titles.end()) titles.push_back(title);
  return titles;
}

std::optional<double> value(const Prediction& p, const Column& column) {
  const auto& figure = p.figures[column.figure];
  if (!figure) return {};
  switch (column.part) {
    case Column::Part::predicted:
      return figure->value;
    case Column::Part::low:
      return figure->low;
    case Column::Part::high:
      return figure->high;
  }
  return {};
}

/// Why there is no prediction, or why the row is in doubt.
std::string reason(const ScoredRow& row) {
  if (!row.prediction.reason.empty()) return row.prediction.reason;
  return row.below_roof ? fmt::format("faster than the roof: {}", row.below_roof->cause) : std::string{};
}

void append_prediction(std::string& out, const ScoredRow& row, const std::vector<std::vector<Column>>& predicted) {
  const auto own = figure_kinds(row.row.call.index()).front().predicted;
  for (const auto& columns : predicted)
    for (const auto& column : columns) {
      out += ',';
      if (columns.front().title == own) append_cell(out, value(row.prediction, column));
    }
  out += ',';
  if (row.prediction.reason.empty()) append_cell(out, name(row.prediction.grade));
  out += ',';
  append_cell(out, row.ape_percent());
  out += ',';
  append_cell(out, std::string_view{reason(row)});
  out += '\n';
}

}  // namespace

std::string predicted_csv(const ValidationRun& run) {
  const auto predicted = predicted_columns(run.validation);
  const auto titles = input_titles(run, predicted);
  std::vector<std::vector<std::optional<std::size_t>>> places;  // [file][title]
  for (const auto& file : run.inputs) {
    auto& place = places.emplace_back();
    for (const auto& title : titles) place.push_back(file.column(title));
  }

  std::string out;
  for (const auto& title : titles) {
    append_cell(out, std::string_view{title});
    out += ',';
  }
  for (const auto& columns : predicted)
    for (const auto& column : columns) {
      out += column.title;
      out += ',';
    }
  out += "grade,ape_percent,reason\n";
  for (const auto& row : run.validation.rows) {
    const auto& place = places[row.file];
    for (std::size_t at = 0; at < titles.size(); ++at) {
      if (at > 0) out += ',';
      if (place[at]) append_cell(out, run.inputs[row.file].cell(row.row.record, *place[at]));
    }
    append_prediction(out, row, predicted);
  }
  return out;
}

}  // namespace roofcast
