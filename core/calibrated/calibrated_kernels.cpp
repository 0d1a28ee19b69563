#include "core/calibrated/calibrated_kernels.hpp"

#include <algorithm>
#include <limits>

#include "core/calibrated/relatives.hpp"

namespace roofcast {

std::optional<NearestCalibration> nearest_calibration(const CalibratedKernels& kernels, const Device& device,
                                                      CalibrationKey key) {
  const auto of = [&](const std::string& hardware) {
    key.hardware = hardware;
    return std::ranges::find(kernels.calibrations, key, &Calibration::key);
  };
  if (const auto own = of(device.id); own != kernels.calibrations.end()) return NearestCalibration{&*own, {}, 1};

  std::optional<NearestCalibration> nearest;
  double least = std::numeric_limits<double>::infinity();
  for (const Device& other : kernels.devices) {
    if (other.id == device.id || !are_relatives(device, other)) continue;
    const auto found = of(other.id);
    const double away = kinship(device, other);
    if (found == kernels.calibrations.end() || away >= least) continue;
    least = away;
    nearest = NearestCalibration{&*found, other.id, kBorrowedWidening};
  }
  return nearest;
}

}  // namespace roofcast
