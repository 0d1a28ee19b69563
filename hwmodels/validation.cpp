#include "hwmodels/validation.hpp"

#include <algorithm>

#include "core/validation/host_prediction.hpp"
#include "core/validation/likely_cause.hpp"
#include "hwmodels/measurements.hpp"

namespace roofcast {
namespace {

ScoredRow predicted(MeasuredRow row, RowPredictor& predictor, const CalibratedPrediction& calibrated) {
  ScoredRow out{.row = std::move(row)};
  out.roof = predictor.roofline(out.row);
  const bool serving = std::holds_alternative<ServingRun>(out.row.call);
  out.prediction = serving ? predictor.prediction(out.row) : out.roof;
  const Device* const device = predictor.device(out.row);
  if (device == nullptr) return out;
  if (calibrated && out.row.problem.empty()) {
    auto better = host_prediction(out.row, *device);
    if (!better) better = calibrated(out.row, *device);
    if (better) out.prediction = std::move(*better);
  }

  const auto kinds = figure_kinds(out.row.call.index());
  for (std::size_t figure = 0; figure < kinds.size(); ++figure) {
    const auto measured = measured_value(out.row, figure);
    if (!kinds[figure].time || !measured || !out.roof.figures[figure]) continue;
    const double share = *measured / out.roof.figures[figure]->value;
    if (share < 1 && (!out.below_roof || share < out.below_roof->share))
      out.below_roof = {figure, share, likely_cause(out.row, *device, out.roof.bound, share)};
  }
  return out;
}

}  // namespace

Result<ValidationRun> validate(const ValidationRequest& request) {
  const Device* const device = request.device ? &*request.device : nullptr;
  const auto hardware = device != nullptr ? HardwareColumn::optional : HardwareColumn::needed;
  ValidationRun run;
  std::vector<std::string> names;
  std::vector<std::vector<MeasuredRow>> measured;
  Errors errors;
  for (const auto& path : request.files) {
    auto file = read_csv_file(path);
    auto rows = file ? measurements(*file, hardware) : std::unexpected(file.error());
    if (!rows) {
      errors.insert(errors.end(), rows.error().begin(), rows.error().end());
      continue;
    }
    names.push_back(path.string());
    measured.push_back(std::move(*rows));
    run.inputs.push_back(std::move(*file));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));

  RowPredictor predictor(request.roots, device, request.serving);
  std::vector<ScoredRow> rows;
  for (std::size_t file = 0; file < measured.size(); ++file)
    for (auto& row : measured[file]) {
      if (request.stop.stop_requested()) return fail("validation", "was stopped");
      auto& scored_row = rows.emplace_back(predicted(std::move(row), predictor, request.calibrated));
      scored_row.file = file;
      scored_row.line = run.inputs[file].line(scored_row.row.record);
    }
  run.validation = scored(std::move(names), std::move(rows));
  return run;
}

}  // namespace roofcast
