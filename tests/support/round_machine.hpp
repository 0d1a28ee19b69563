#pragma once

#include "core/calibrated/kernel_terms.hpp"

/// A device whose figures make arithmetic easy: 1 TB/s, 100 TFLOP/s, 50 MB of cache, 100 units.
inline roofcast::KernelSetting round_setting(roofcast::CacheReuse reuse = roofcast::CacheReuse::none) {
  using namespace roofcast::units;
  return {.machine = {.bandwidth = TB / s, .compute = 100 * TFLOP / s, .cache = 50 * MB, .units = 100}, .reuse = reuse};
}
