#include "cli/accuracy_records.hpp"

#include <fmt/format.h>

namespace roofcast::cli {
namespace {

RecordTable::Cell count_cell(int rows) {
  return number_cell(rows, fmt::format("{}", rows));
}

RecordTable::Cell percent_cell(double percent, int rows) {
  return rows == 0 ? no_cell() : number_cell(percent, fmt::format("{:.1f}%", percent));
}

}  // namespace

RecordTable accuracy_records(const std::vector<GroupAccuracy>& groups) {
  RecordTable table{.fields = {{"group", "group", false},
                               {"name", "", false},
                               {"fitted_rows", "fitted"},
                               {"fitted_median_percent", "median"},
                               {"fitted_p90_percent", "p90"},
                               {"fitted_time_weighted_percent", "by time", true, true},
                               {"unseen_rows", "unseen"},
                               {"unseen_median_percent", "median"},
                               {"unseen_p90_percent", "p90"},
                               {"unseen_time_weighted_percent", "by time"},
                               {"unseen_covered_percent", "inside", true, true},
                               {"unseen_width_percent", "width", true, true}}};
  for (const auto& g : groups) {
    const int seen = g.fitted.rows, unseen = g.unseen.rows;
    RecordTable::Cell group = text_cell(g.group.by);
    group.shown = fmt::format("{} {}", g.group.by, g.group.name);
    table.records.push_back({std::move(group), text_cell(g.group.name), count_cell(seen),
                             percent_cell(g.fitted.median_percent, seen), percent_cell(g.fitted.p90_percent, seen),
                             percent_cell(g.fitted.time_weighted_percent, seen), count_cell(unseen),
                             percent_cell(g.unseen.median_percent, unseen), percent_cell(g.unseen.p90_percent, unseen),
                             percent_cell(g.unseen.time_weighted_percent, unseen),
                             percent_cell(g.covered_percent, unseen), percent_cell(g.width_percent, unseen)});
  }
  return table;
}

}  // namespace roofcast::cli
