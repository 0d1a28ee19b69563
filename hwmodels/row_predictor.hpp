#pragma once

#include <map>
#include <string>

#include "core/validation/prediction.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Predicts rows, keeping the presets that they name: thousands of rows name a handful.
class RowPredictor {
 public:
  RowPredictor(const PresetRoots& roots, const Device* device) : roots_{roots}, device_{device} {}

  /// Under the roofs of the row's device; a name that is unknown is the reason why there is nothing.
  [[nodiscard]] Prediction roofline(const MeasuredRow& row);
  /// The device that the row is predicted for; nullptr when its name is unknown.
  [[nodiscard]] const Device* device(const MeasuredRow& row);

 private:
  template <class Run>
  [[nodiscard]] Prediction predict_run(const Run& run, const Device& device);

  const PresetRoots& roots_;
  const Device* device_;  ///< of every row; nullptr: each row's own
  std::map<std::string, Result<Device>, std::less<>> devices_{};
  std::map<std::string, Result<ModelSpec>, std::less<>> models_{};
  std::map<std::string, Result<Engine>, std::less<>> engines_{};
};

}  // namespace roofcast
