// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/result_rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/sweep_columns.hpp"
#include "core/sweep_row.hpp"

namespace roofcast::gui {
namespace {

constexpr double kMostSequencesShown = 1 << 20;  ///< models that store nothing per sequence hold any number of them

/// 1, 2, 4, ... up to the first above what fits, which is the row that says so; the asked one in its place.
std::vector<int> batches(const SweepConfig& config) {
  Workload w = config.scenario.workload;
  const auto asked = w.batch;
  w.batch = 1;
  const double fits = config.unsupported.empty() ? length_figures(config, w).max_batch_memory : 1;
  const double most = std::min({std::max(1.0, fits), kMostSequencesShown});
  std::vector<int> out;
  for (int b = 1; b <= most; b *= 2) out.push_back(b);
  out.push_back(static_cast<int>(most));
  if (asked) out.push_back(*asked);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

void add_rows(ResultRows& rows, const Scenario& scenario, Selection point) {
  const SweepConfig config = sweep_config(scenario);
  Workload w = scenario.workload;
  w.requests_s.reset();  // each row is of its batch, not of what arrives
  for (const int b : batches(config)) {
    w.batch = b;
    append_csv(sweep_row(config, w, rows.points.size()), rows.csv);
    point.batch = b;
    rows.points.push_back(point);
  }
}

bool answerable(const Result<Scenario>& s) {
  return s && scenario_errors(*s).empty();
}

}  // namespace

ResultRows batch_rows(std::span<const Result<Scenario>> scenarios) {
  ResultRows rows{.csv = sweep_header()};
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    if (answerable(scenarios[i])) add_rows(rows, *scenarios[i], {.scenario = i});
  return rows;
}

ResultRows layout_rows(std::span<const Result<Scenario>> scenarios) {
  ResultRows rows{.csv = sweep_header()};
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    if (!scenarios[i]) continue;
    Scenario s = *scenarios[i];
    const int most = std::max({1, s.device.link_domain, s.deployment.tp});
    s.deployment.dp = 1;
    for (int tp = 1; tp <= most; tp *= 2) {
      s.deployment.tp = tp;
      if (scenario_errors(s).empty()) add_rows(rows, s, {.scenario = i, .tp = tp});
    }
  }
  return rows;
}

}  // namespace roofcast::gui
