// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sweep_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/sweep.hpp"
#include "core/sweep_columns.hpp"
#include "core/value_literal.hpp"
#include "hwmodels/sweep_records.hpp"
#include "hwmodels/usable_cpus.hpp"

namespace roofcast::gui {
namespace {

constexpr std::size_t kMostDrawnRows = 20'000;

}  // namespace

std::shared_ptr<const CsvText> swept_table(const SweepGrid& grid, JobControl& control) {
  std::string csv = sweep_header();
  const auto points = static_cast<double>(std::max<std::size_t>(1, grid.points()));
  const int jobs = std::max(1, usable_cpu_count() - 1);  // the window keeps one
  sweep_text(grid, {}, {append_csv}, jobs, [&](const SweepChunk& chunk) {
    csv += chunk.text;
    control.progress(static_cast<double>(chunk.next_point) / points);
    return !control.cancelled();
  });
  return std::make_shared<const CsvText>(QByteArray::fromStdString(csv));
}

Result<Figure> table_figure(const CsvText& table, SweepChart kind, const PresetRoots& roots) {
  const auto file = parse_csv(table.sample(kMostDrawnRows), "sweep");
  if (!file) return std::unexpected(file.error());
  const auto records = sweep_records(*file);
  if (!records) return std::unexpected(records.error());
  Figure f = sweep_figure(kind, *records, {}, roots);
  if (records->size() < table.records())
    f.footnotes.push_back(fmt::format("drawn from {} of {} rows", with_thousands(static_cast<double>(records->size())),
                                      with_thousands(static_cast<double>(table.records()))));
  return f;
}

}  // namespace roofcast::gui
