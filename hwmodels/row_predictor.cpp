#include "hwmodels/row_predictor.hpp"

#include <fmt/format.h>

#include "hwmodels/catalog.hpp"

namespace roofcast {
namespace {

std::string reason(std::string_view column, const Errors& errors) {
  const auto& e = errors.front();
  return e.hint.empty() ? fmt::format("{} {}", column, e.what) : fmt::format("{} {} ({})", column, e.what, e.hint);
}

template <class Profile>
const Result<Profile>& kept(std::map<std::string, Result<Profile>, std::less<>>& known, const std::string& name,
                            const PresetRoots& roots, Result<Profile> (*find)(const PresetRoots&, std::string_view)) {
  const auto it = known.find(name);
  return it != known.end() ? it->second : known.emplace(name, find(roots, name)).first->second;
}

Prediction predict(const ServingRun& run, const ModelSpec& model, const Device& device, const Engine& engine) {
  return predict_serving(run, model, device, engine);
}
Prediction predict(const CacheStart& start, const ModelSpec& model, const Device& device, const Engine& engine) {
  return predict_cache(start, model, device, engine);
}

}  // namespace

template <class Run>
Prediction RowPredictor::predict_run(const Run& run, const Device& device) {
  const auto& model = kept(models_, run.model, roots_, find_model);
  if (!model) return no_prediction(reason("model", model.error()));
  const auto& engine = kept(engines_, run.engine, roots_, find_engine);
  if (!engine) return no_prediction(reason("engine", engine.error()));
  return predict(run, *model, device, *engine);
}

const Device* RowPredictor::device(const MeasuredRow& row) {
  if (device_ != nullptr) return device_;
  const auto& found = kept(devices_, row.kernel.hardware, roots_, find_device);
  return found ? &*found : nullptr;
}

Prediction RowPredictor::roofline(const MeasuredRow& row) {
  if (!row.problem.empty()) return no_prediction(row.problem);
  const Device* const d = device(row);
  if (d == nullptr)
    return no_prediction(reason("hardware", kept(devices_, row.kernel.hardware, roots_, find_device).error()));
  if (const auto* run = std::get_if<ServingRun>(&row.call)) return predict_run(*run, *d);
  if (const auto* start = std::get_if<CacheStart>(&row.call)) return predict_run(*start, *d);
  return predict_kernel(row, *d);
}

}  // namespace roofcast
