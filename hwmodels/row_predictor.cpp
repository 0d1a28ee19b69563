#include "hwmodels/row_predictor.hpp"

#include <fmt/format.h>

#include "hwmodels/catalog.hpp"

namespace roofcast {
namespace {

std::string reason(std::string_view column, const Errors& errors) {
  const auto& e = errors.front();
  return e.hint.empty() ? fmt::format("{} {}", column, e.what) : fmt::format("{} {} ({})", column, e.what, e.hint);
}

}  // namespace

const Result<Engine>& RowPredictor::engine(const std::string& name) {
  const auto known = engines_.find(name);
  if (known != engines_.end()) return known->second;
  auto found = find_engine(roots_, name);
  if (found) {
    if (!fits_.shipped) found->serving.clear();
    if (fits_.own && fits_.own->engine == found->id) found->serving.insert(found->serving.begin(), *fits_.own);
  }
  return engines_.emplace(name, std::move(found)).first->second;
}

template <class Run>
Prediction RowPredictor::predict_run(const Run& run, const Device& device, Predict<Run> predict) {
  const auto& model = kept(models_, run.model, roots_, find_model);
  if (!model) return no_prediction(reason("model", model.error()));
  const auto& rules = engine(run.engine);
  if (!rules) return no_prediction(reason("engine", rules.error()));
  return predict(run, *model, device, *rules);
}

const Device* RowPredictor::device(const MeasuredRow& row) {
  if (device_ != nullptr) return device_;
  const auto& found = kept(devices_, row.kernel.hardware, roots_, find_device);
  return found ? &*found : nullptr;
}

Prediction RowPredictor::by(const MeasuredRow& row, Predict<ServingRun> serving) {
  if (!row.problem.empty()) return no_prediction(row.problem);
  const Device* const d = device(row);
  if (d == nullptr)
    return no_prediction(reason("hardware", kept(devices_, row.kernel.hardware, roots_, find_device).error()));
  if (const auto* run = std::get_if<ServingRun>(&row.call)) return predict_run(*run, *d, serving);
  if (const auto* start = std::get_if<CacheStart>(&row.call)) return predict_run(*start, *d, &predict_cache);
  return predict_kernel(row, *d);
}

Prediction RowPredictor::roofline(const MeasuredRow& row) {
  return by(row, &serving_roof);
}

Prediction RowPredictor::prediction(const MeasuredRow& row) {
  return by(row, &predict_serving);
}

}  // namespace roofcast
