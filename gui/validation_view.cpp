// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/validation_view.hpp"

#include <fmt/format.h>

#include <QFileInfo>

#include "core/chart/parity_figure.hpp"
#include "core/record_table.hpp"
#include "core/shell_quoted.hpp"
#include "core/validation/validation_tables.hpp"
#include "core/value_literal.hpp"
#include "gui/text.hpp"
#include "hwmodels/parity_points.hpp"
#include "hwmodels/predicted_csv.hpp"
#include "hwmodels/validation_fits.hpp"

namespace roofcast::gui {
namespace {

constexpr std::size_t kWorstRows = 100;

std::shared_ptr<const CsvText> table(const std::string& csv) {
  return std::make_shared<const CsvText>(QByteArray::fromStdString(csv));
}

std::shared_ptr<const std::vector<MeasuredRow>> measured(const Validation& v) {
  auto rows = std::make_shared<std::vector<MeasuredRow>>();
  for (const auto& scored : v.rows) rows->push_back(scored.row);
  return rows;
}

QString summary(const Validation& v) {
  auto words = fmt::format("{} rows, {} predicted", with_thousands(static_cast<double>(v.rows.size())),
                           with_thousands(static_cast<double>(v.predicted())));
  if (const auto worst = v.worst_median_percent()) words += fmt::format(", median error up to {:.1f}%", *worst);
  return text(words);
}

}  // namespace

Result<ValidationView> validation_view(const QString& file, const PresetRoots& roots, const std::stop_token& stop) {
  auto fits = validation_fits("auto", roots);
  if (!fits) return std::unexpected(std::move(fits.error()));
  const auto run = validate({.files = {utf8(file)},
                             .serving = std::move(fits->serving),
                             .calibrated = std::move(fits->kernels),
                             .roots = roots,
                             .stop = stop});
  if (!run) return std::unexpected(run.error());
  const auto predicted = predicted_csv(*run);
  const auto joined = parse_csv(predicted, utf8(file));
  if (!joined) return std::unexpected(joined.error());
  const auto points = parity_points(*joined);
  if (!points) return std::unexpected(points.error());
  const Validation& v = run->validation;
  return ValidationView{.summary = summary(v),
                        .parity = parity_figure(*points, {.title = "Predicted against measured",
                                                          .subtitle = utf8(QFileInfo(file).fileName())}),
                        .scores = table(csv(score_records(v))),
                        .worst = table(csv(worst_records(v, kWorstRows))),
                        .rows = table(predicted),
                        .measured = measured(v)};
}

QString validate_command(const QString& file) {
  return "roofcast validate " + text(shell_quoted(utf8(file)));
}

}  // namespace roofcast::gui
