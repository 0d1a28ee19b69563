#include "hwmodels/calibrate/row_group.hpp"

#include <algorithm>

namespace roofcast {
namespace {

struct Members {
  RowGroup group{};
  std::vector<const JudgedRow*> rows{};
};

Accuracy accuracy_of(const std::vector<const JudgedRow*>& rows, bool fitted) {
  std::vector<double> predicted, measured;
  for (const auto* row : rows) {
    if (row->fitted != fitted) continue;
    predicted.push_back(row->predicted_us);
    measured.push_back(row->measured_us);
  }
  return accuracy(predicted, measured);
}

GroupAccuracy judged(const Members& members) {
  GroupAccuracy out{
      .group = members.group, .fitted = accuracy_of(members.rows, true), .unseen = accuracy_of(members.rows, false)};
  std::vector<double> widths;
  double inside = 0;
  for (const auto* row : members.rows) {
    if (row->fitted) continue;
    widths.push_back(100 * (row->high_us - row->low_us) / row->predicted_us);
    if (row->measured_us >= row->low_us && row->measured_us <= row->high_us) ++inside;
  }
  if (!widths.empty()) out.covered_percent = 100 * inside / static_cast<double>(widths.size());
  out.width_percent = quantile(std::move(widths), 0.5);
  return out;
}

}  // namespace

std::vector<GroupAccuracy> accuracy_by_group(const std::vector<JudgedRow>& rows) {
  std::vector<Members> all{{.group = {.by = "all rows"}}};
  std::vector<std::string> kinds{"all rows"};
  for (const auto& row : rows) {
    all.front().rows.push_back(&row);
    for (const auto& group : row.groups) {
      if (std::ranges::find(kinds, group.by) == kinds.end()) kinds.push_back(group.by);
      auto it = std::ranges::find(all, group, &Members::group);
      if (it == all.end()) it = all.insert(all.end(), {.group = group});
      it->rows.push_back(&row);
    }
  }
  const auto place = [&](const Members& m) { return std::ranges::find(kinds, m.group.by) - kinds.begin(); };
  std::ranges::stable_sort(all, [&](const Members& a, const Members& b) {
    return place(a) != place(b) ? place(a) < place(b) : a.group.order < b.group.order;
  });
  std::vector<GroupAccuracy> out;
  for (const auto& members : all) out.push_back(judged(members));
  return out;
}

}  // namespace roofcast
