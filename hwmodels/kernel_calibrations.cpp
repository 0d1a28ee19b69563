#include "hwmodels/kernel_calibrations.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "core/calibrated/calibrated_attention.hpp"
#include "core/calibrated/kernel_traits.hpp"
#include "hwmodels/calibration_profile.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/operator_prediction.hpp"

namespace roofcast {
namespace {

/// File name to path: the first root that has it.
std::map<std::string, std::filesystem::path> calibration_files(const PresetRoots& roots) {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& root : roots.folders) {
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(root / "calibrations", absent))
      if (entry.path().extension() == ".json") files.try_emplace(entry.path().filename().string(), entry.path());
  }
  return files;
}

void add(Result<std::vector<Calibration>> read, const PresetRoots& roots, CalibratedKernels& out, Errors& errors) {
  if (!read) {
    errors.insert(errors.end(), read.error().begin(), read.error().end());
    return;
  }
  const auto& hardware = read->front().key.hardware;
  if (std::ranges::find(out.devices, hardware, &Device::id) == out.devices.end()) {
    auto device = find_device(roots, hardware);
    if (!device)
      errors.insert(errors.end(), device.error().begin(), device.error().end());
    else
      out.devices.push_back(std::move(*device));
  }
  std::ranges::move(*read, std::back_inserter(out.calibrations));
}

/// What all predictions share: calibrations, ready for use.
struct ReadyKernels {
  CalibratedKernels kernels{};
  std::map<CalibrationKey, CalibratedDecodeAttention> attention{};
};

std::optional<Prediction> decode_attention_prediction(const ReadyKernels& ready, const MeasuredRow& row,
                                                      const DecodeAttentionCall& call, const Device& device) {
  const AttentionKernelLabel label{row.kernel.framework, row.kernel.kernel, row.dtype};
  const auto figures = machine(device, cache_compute(call.kv_bytes));
  const auto nearest = nearest_calibration(ready.kernels, device,
                                           {.op = "decode_attention",
                                            .framework = label.framework,
                                            .kernel = label.kernel,
                                            .variant = attention_variant(label, device, call.heads / call.kv_heads),
                                            .dtype = label.cache_dtype});
  if (!figures || !nearest) return {};
  auto calibrated = ready.attention.at(nearest->calibration->key);
  calibrated.widening = nearest->widening;
  const auto time = decode_attention_time(calibrated.kernel, *figures, call, CacheReuse::between_calls);
  const auto t = predicted(calibrated, *figures, call, CacheReuse::between_calls);
  Prediction out{.grade = t.grade, .bound = time.compute > time.memory ? Bound::compute : Bound::memory};
  out.figures[0] = PredictedFigure{t.time.in(units::us), t.low.in(units::us), t.high.in(units::us)};
  return out;
}

}  // namespace

Result<CalibratedKernels> list_kernel_calibrations(const PresetRoots& roots) {
  CalibratedKernels out;
  Errors errors;
  for (const auto& [name, file] : calibration_files(roots)) add(load_calibrations(file), roots, out, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

Result<CalibratedKernels> load_kernel_calibrations(const std::filesystem::path& file, const PresetRoots& roots) {
  CalibratedKernels out;
  Errors errors;
  add(load_calibrations(file), roots, out, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

Result<CalibratedPrediction> kernel_prediction(CalibratedKernels kernels) {
  auto all = std::make_shared<ReadyKernels>();
  Errors errors;
  for (const auto& calibration : kernels.calibrations) {
    if (calibration.key.op != "decode_attention") continue;
    auto ready = calibrated_decode_attention(calibration);
    if (ready)
      all->attention.emplace(calibration.key, std::move(*ready));
    else
      errors.insert(errors.end(), ready.error().begin(), ready.error().end());
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  all->kernels = std::move(kernels);
  const auto others = operator_prediction(std::shared_ptr<const CalibratedKernels>(all, &all->kernels));
  if (!others) return std::unexpected(others.error());
  return [all, others = *others](const MeasuredRow& row, const Device& device) -> std::optional<Prediction> {
    if (const auto* call = std::get_if<DecodeAttentionCall>(&row.call))
      return decode_attention_prediction(*all, row, *call, device);
    return others(row, device);
  };
}

}  // namespace roofcast
