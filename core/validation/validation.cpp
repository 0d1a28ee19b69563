#include "core/validation/validation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "core/validation/row_groups.hpp"
#include "core/validation/two_parameters.hpp"

namespace roofcast {
namespace {

/// A row's measured value and what is said of it, where both exist.
struct Pair {
  double measured = 0;
  PredictedFigure predicted{};
};

std::optional<Pair> pair(const ScoredRow& row, std::size_t figure) {
  const auto measured = measured_value(row.row, figure);
  if (!measured || !row.prediction.figures[figure]) return {};
  return Pair{*measured, *row.prediction.figures[figure]};
}

void fit_group(std::vector<ScoredRow>& rows, const std::vector<std::size_t>& members, std::size_t figure) {
  std::vector<double> roofs, measured;
  for (const auto at : members) {
    roofs.push_back(rows[at].roof.figures[figure]->value);
    measured.push_back(*measured_value(rows[at].row, figure));
  }
  const auto fit = two_parameters(roofs, measured);
  if (!fit) return;
  for (std::size_t i = 0; i < members.size(); ++i) rows[members[i]].two_parameters[figure] = fit->time(roofs[i]);
}

/// One fit per op, figure, device, framework, kernel and dtype.
void add_two_parameters(std::vector<ScoredRow>& rows) {
  using Key = std::tuple<std::size_t, std::size_t, std::string, std::string, std::string, std::string>;
  std::map<Key, std::vector<std::size_t>> groups;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const auto& r = rows[at];
    const auto kinds = figure_kinds(r.row.call.index());
    for (std::size_t figure = 0; figure < kinds.size(); ++figure)
      if (kinds[figure].time && r.roof.figures[figure] && measured_value(r.row, figure))
        groups[{r.row.call.index(), figure, r.row.kernel.hardware, r.row.kernel.framework, r.row.kernel.kernel,
                r.row.dtype}]
            .push_back(at);
  }
  for (const auto& [key, members] : groups) fit_group(rows, members, std::get<1>(key));
}

GroupScore score(const std::vector<ScoredRow>& rows, const std::vector<std::size_t>& members, std::size_t figure) {
  std::vector<double> predicted, measured, roofs, fitted, fitted_measured;
  int with_interval = 0, inside = 0;
  for (const auto at : members) {
    const auto p = *pair(rows[at], figure);
    measured.push_back(p.measured);
    predicted.push_back(p.predicted.value);
    roofs.push_back(rows[at].roof.figures[figure] ? rows[at].roof.figures[figure]->value : p.predicted.value);
    if (const auto& two = rows[at].two_parameters[figure]) {
      fitted.push_back(*two);
      fitted_measured.push_back(p.measured);
    }
    if (!p.predicted.low || !p.predicted.high) continue;
    ++with_interval;
    if (p.measured >= *p.predicted.low && p.measured <= *p.predicted.high) ++inside;
  }
  GroupScore s{.figure = figure, .accuracy = accuracy(predicted, measured), .roofline = accuracy(roofs, measured)};
  if (with_interval > 0) s.inside_percent = 100.0 * inside / with_interval;
  if (!fitted.empty()) s.two_parameters = accuracy(fitted, fitted_measured);
  return s;
}

std::vector<GroupScore> scores(const std::vector<ScoredRow>& rows) {
  std::vector<GroupScore> out;
  for (const auto& grouping : row_groupings()) {
    std::map<std::tuple<std::size_t, std::size_t, double, std::string>, std::vector<std::size_t>> groups;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const auto group = grouping.group(rows[at].row);
      if (!group) continue;
      const auto op = rows[at].row.call.index();
      for (std::size_t figure = 0; figure < figure_kinds(op).size(); ++figure)
        if (pair(rows[at], figure)) groups[{op, figure, group->order, group->text}].push_back(at);
    }
    for (const auto& [key, members] : groups) {
      auto s = score(rows, members, std::get<1>(key));
      s.grouping = grouping.name;
      s.op = std::get<0>(key);
      s.group = std::get<3>(key);
      out.push_back(std::move(s));
    }
  }
  return out;
}

}  // namespace

std::optional<double> ScoredRow::ape_percent() const {
  const auto figure = scored_figure(row);
  const auto p = figure ? pair(*this, *figure) : std::nullopt;
  if (!p) return {};
  return 100 * std::abs(p->predicted.value / p->measured - 1);
}

std::string Validation::where(const ScoredRow& row) const {
  return fmt::format("{}:{}", files[row.file], row.line);
}

std::size_t Validation::predicted() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const auto& r) { return r.prediction.reason.empty(); }));
}

std::optional<double> Validation::worst_median_percent() const {
  std::optional<double> worst;
  for (const auto& s : scores)
    if (s.grouping == "op") worst = std::max(worst.value_or(0), s.accuracy.median_percent);
  return worst;
}

std::optional<RepeatNoise> Validation::repeat_noise() const {
  std::vector<double> percent;
  for (const auto& r : rows)
    if (r.row.noise) percent.push_back(100 * *r.row.noise);
  if (percent.empty()) return {};
  return RepeatNoise{
      .rows = percent.size(), .median_percent = quantile(percent, 0.5), .p90_percent = quantile(percent, 0.9)};
}

std::vector<std::size_t> Validation::worst_rows(std::size_t most) const {
  std::vector<std::pair<double, std::size_t>> errors;
  for (std::size_t at = 0; at < rows.size(); ++at)
    if (const auto ape = rows[at].ape_percent()) errors.emplace_back(-*ape, at);
  std::ranges::sort(errors);  // equal errors in file order
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < std::min(most, errors.size()); ++i) out.push_back(errors[i].second);
  return out;
}

Validation scored(std::vector<std::string> files, std::vector<ScoredRow> rows) {
  add_two_parameters(rows);
  Validation v{.files = std::move(files), .rows = std::move(rows)};
  v.scores = scores(v.rows);
  return v;
}

}  // namespace roofcast
