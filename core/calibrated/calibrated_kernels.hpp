#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calibration.hpp"
#include "core/device.hpp"

namespace roofcast {

/// Every calibration at hand, and the devices that they were fitted on.
struct CalibratedKernels {
  std::vector<Calibration> calibrations{};  ///< the strongest first
  std::vector<Device> devices{};
};

/// How much wider an interval becomes when its figures are a relative's.
inline constexpr double kBorrowedWidening = 1.5;

/// The calibration that stands for a kernel on a device.
struct NearestCalibration {
  const Calibration* calibration = nullptr;
  std::string borrowed_from{};  ///< device id; empty: fitted on this very device
  double widening = 1;
};

/// (C10) The device's own calibration of `key` (its hardware aside), else that of the nearest relative that has
/// one; nullopt: theory is all there is. The pointer is into `kernels`.
[[nodiscard]] std::optional<NearestCalibration> nearest_calibration(const CalibratedKernels& kernels,
                                                                    const Device& device, CalibrationKey key);

}  // namespace roofcast
