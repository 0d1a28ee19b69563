#pragma once

#include <cstddef>
#include <vector>

namespace roofcast {

/// Whole numbers from `first` to `last`, both included, ascending, about `count` of them evenly spaced on a
/// logarithmic axis; fewer where there are not so many. @pre 1 <= first.
[[nodiscard]] std::vector<double> log_steps(double first, double last, std::size_t count);

}  // namespace roofcast
