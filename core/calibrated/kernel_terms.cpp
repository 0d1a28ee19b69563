#include "core/calibrated/kernel_terms.hpp"

#include <cmath>

namespace roofcast {

Seconds KernelTerms::total() const {
  using units::us;
  return launch + serial + std::hypot(memory.in(us), this->units.in(us), compute.in(us)) * us;
}

}  // namespace roofcast
