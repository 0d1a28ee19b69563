#include "core/validation/validation_tables.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/validation/row_cells.hpp"
#include "core/validation/row_groups.hpp"

namespace roofcast {
namespace {

using Cell = RecordTable::Cell;

Cell percent(double value) {
  return number_cell(value, fmt::format("{:.{}f}%", value, value < 99.95 ? 1 : 0));
}
Cell percent(const std::optional<double>& value) {
  return value ? percent(*value) : no_cell();
}
Cell count(std::size_t value) {
  return number_cell(static_cast<double>(value), std::to_string(value));
}

std::string op_text(std::size_t op) {
  return std::string(measured_ops()[op]);
}
std::string figure_text(std::size_t op, std::size_t figure) {
  return std::string(figure_kinds(op)[figure].name);
}

/// "decode_attention", "end_to_end tpot_ms": the figure only where an op has several.
std::string label(const GroupScore& s) {
  const auto op = op_text(s.op);
  return figure_kinds(s.op).size() == 1 ? op : fmt::format("{} {}", op, figure_text(s.op, s.figure));
}

constexpr std::string_view kInside = "inside_percent";

std::vector<RecordTable::Field> score_fields() {
  return {{.key = "by", .number = false},
          {.key = "op", .number = false},
          {.key = "figure", .number = false},
          {.key = "group", .header = "group", .number = false},
          {.key = "rows", .header = "rows"},
          {.key = "median_ape_percent", .header = "median"},
          {.key = "mean_ape_percent", .header = "mean", .optional = true},
          {.key = "p90_ape_percent", .header = "p90"},
          {.key = "max_ape_percent", .header = "max", .optional = true},
          {.key = "bias_percent", .header = "bias"},
          {.key = std::string(kInside), .header = "inside"},
          {.key = "time_weighted_ape_percent", .header = "by time"},
          {.key = "roofline_median_ape_percent", .header = "roof"},
          {.key = "roofline_p90_ape_percent", .header = "p90", .optional = true},
          {.key = "two_parameter_median_ape_percent", .header = "t0+roof/e"},
          {.key = "two_parameter_p90_ape_percent", .header = "p90", .optional = true}};
}

/// People read the op only where there are several.
std::string shown_group(const GroupScore& s, bool one_op) {
  if (s.grouping == "op") return label(s);
  return one_op ? s.group : fmt::format("{} {}", label(s), s.group);
}

std::vector<Cell> score_record(const GroupScore& s, bool one_op) {
  const auto& a = s.accuracy;
  const auto& two = s.two_parameters;
  return {text_cell(s.grouping),
          text_cell(op_text(s.op)),
          text_cell(figure_text(s.op, s.figure)),
          {.value = s.group, .shown = shown_group(s, one_op)},
          count(static_cast<std::size_t>(a.rows)),
          percent(a.median_percent),
          percent(a.mean_percent),
          percent(a.p90_percent),
          percent(a.max_percent),
          percent(a.bias_percent),
          percent(s.inside_percent),
          percent(a.time_weighted_percent),
          percent(s.roofline.median_percent),
          percent(s.roofline.p90_percent),
          percent(two ? std::optional{two->median_percent} : std::nullopt),
          percent(two ? std::optional{two->p90_percent} : std::nullopt)};
}

/// Rows counted by op and text, the most frequent first; `example` is the first of them.
struct Tally {
  std::size_t rows = 0;
  std::size_t example = 0;
};
template <class TextOf>
RecordTable tallied(const Validation& v, std::string_view column, TextOf text_of) {
  std::map<std::pair<std::size_t, std::string>, Tally> tallies;
  for (std::size_t at = 0; at < v.rows.size(); ++at) {
    const std::string text = text_of(v.rows[at]);
    if (text.empty()) continue;
    auto& tally = tallies[{v.rows[at].row.call.index(), text}];
    if (tally.rows++ == 0) tally.example = at;
  }
  std::vector<std::pair<std::pair<std::size_t, std::string>, Tally>> sorted(tallies.begin(), tallies.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second.rows > b.second.rows; });
  RecordTable table{
      .fields = {
          {.key = "rows", .header = "rows"},
          {.key = "op", .header = "op", .number = false},
          {.key = std::string(column), .header = column == "reason" ? "reason" : "likely cause", .number = false},
          {.key = "example", .header = "first", .number = false}}};
  for (const auto& [key, tally] : sorted)
    table.records.push_back(
        {count(tally.rows),
         text_cell(op_text(key.first)),
         text_cell(key.second),
         {.value = v.where(v.rows[tally.example]), .shown = short_where(v, v.rows[tally.example])}});
  return table;
}

}  // namespace

RecordTable summary_records(const Validation& v) {
  RecordTable table{.fields = {{.key = "files"},
                               {.key = "rows"},
                               {.key = "predicted"},
                               {.key = "worst_median_ape_percent"},
                               {.key = "noise_median_percent"},
                               {.key = "noise_p90_percent"}}};
  const auto noise = v.repeat_noise();
  table.records.push_back({count(v.files.size()), count(v.rows.size()), count(v.predicted()),
                           percent(v.worst_median_percent()), noise ? percent(noise->median_percent) : no_cell(),
                           noise ? percent(noise->p90_percent) : no_cell()});
  return table;
}

RecordTable score_records(const Validation& v) {
  RecordTable table{.fields = score_fields()};
  for (const auto& s : v.scores) table.records.push_back(score_record(s, false));
  return table;
}

RecordTable score_records(const Validation& v, std::string_view grouping) {
  RecordTable table{.fields = score_fields()};
  const bool one_op = std::ranges::count(v.scores, "op", &GroupScore::grouping) == 1;
  bool any_interval = false;
  for (const auto& s : v.scores) {
    if (s.grouping != grouping) continue;
    table.records.push_back(score_record(s, one_op));
    any_interval = any_interval || s.inside_percent;
  }
  for (auto& field : table.fields)
    if (field.key == kInside && !any_interval) field.header.clear();
  return table;
}

RecordTable worst_records(const Validation& v, std::size_t most) {
  RecordTable table{.fields = {{.key = "row", .header = "row", .number = false},
                               {.key = "op", .number = false},
                               {.key = "kernel", .number = false},
                               {.key = "shape", .header = "shape", .number = false},
                               {.key = "measured", .header = "measured"},
                               {.key = "predicted", .header = "predicted"},
                               {.key = "unit", .number = false},
                               {.key = "ape_percent", .header = "APE"},
                               {.key = "bound", .header = "roof", .number = false},
                               {.key = "grade", .header = "grade", .number = false, .optional = true}}};
  for (const auto at : v.worst_rows(most)) {
    const auto& r = v.rows[at];
    const auto figure = *scored_figure(r.row);
    const auto& kind = figure_kinds(r.row.call.index())[figure];
    table.records.push_back({{.value = v.where(r), .shown = short_where(v, r)},
                             text_cell(op_text(r.row.call.index())),
                             text_cell(r.row.kernel.kernel),
                             text_cell(shape_text(r.row.call)),
                             measure_cell(*measured_value(r.row, figure), kind),
                             measure_cell(r.prediction.figures[figure]->value, kind),
                             text_cell(std::string(kind.name)),
                             percent(*r.ape_percent()),
                             kind.time ? text_cell(std::string(name(r.roof.bound))) : no_cell(),
                             text_cell(std::string(name(r.prediction.grade)))});
  }
  return table;
}

RecordTable faster_records(const Validation& v) {
  return tallied(v, "likely_cause",
                 [](const ScoredRow& r) { return r.below_roof ? r.below_roof->cause : std::string{}; });
}

RecordTable unpredicted_records(const Validation& v) {
  return tallied(v, "reason", [](const ScoredRow& r) { return r.prediction.reason; });
}

}  // namespace roofcast
