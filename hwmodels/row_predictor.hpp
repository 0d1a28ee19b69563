#pragma once

#include <optional>
#include <string>

#include "core/calibrated/serving_calibration.hpp"
#include "core/validation/prediction.hpp"
#include "hwmodels/kept_profile.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Which fits of an engine's speed serving runs are predicted with.
struct ServingFits {
  bool shipped = true;                      ///< those that come with the engine
  std::optional<ServingCalibration> own{};  ///< stronger than the shipped ones, for its engine
};

/// Predicts rows, keeping the presets that they name: thousands of rows name a handful.
class RowPredictor {
 public:
  RowPredictor(const PresetRoots& roots, const Device* device, const ServingFits& fits)
      : roots_{roots}, device_{device}, fits_{fits} {}

  /// The least under the roofs of the row's device; a name that is unknown is the reason why there is nothing.
  [[nodiscard]] Prediction roofline(const MeasuredRow& row);
  /// The same but for serving runs, which are predicted as `estimate` does.
  [[nodiscard]] Prediction prediction(const MeasuredRow& row);
  /// The device that the row is predicted for; nullptr when its name is unknown.
  [[nodiscard]] const Device* device(const MeasuredRow& row);

 private:
  template <class Run>
  using Predict = Prediction (*)(const Run&, const ModelSpec&, const Device&, const Engine&);
  template <class Run>
  [[nodiscard]] Prediction predict_run(const Run& run, const Device& device, Predict<Run> predict);
  [[nodiscard]] Prediction by(const MeasuredRow& row, Predict<ServingRun> serving);
  [[nodiscard]] const Result<Engine>& engine(const std::string& name);

  const PresetRoots& roots_;
  const Device* device_;  ///< of every row; nullptr: each row's own
  const ServingFits& fits_;
  KeptProfiles<Device> devices_{};
  KeptProfiles<ModelSpec> models_{};
  KeptProfiles<Engine> engines_{};
};

}  // namespace roofcast
