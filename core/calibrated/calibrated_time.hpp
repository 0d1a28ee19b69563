#pragma once

#include "core/grade.hpp"
#include "core/units.hpp"

namespace roofcast {

/// A time that says how far to trust it: about 90% of measurements lie in low..high.
struct CalibratedTime {
  Seconds time{};
  Seconds low{};
  Seconds high{};
  Grade grade = Grade::calibrated;

  friend bool operator==(const CalibratedTime&, const CalibratedTime&) = default;
};

}  // namespace roofcast
