#pragma once

#include <vector>

#include "core/calibration.hpp"

namespace roofcast {

/// A measured row that the fit did not see.
struct UnseenResidual {
  double ln_ratio = 0;  ///< ln(measured / predicted)
  double scale = 1;     ///< how wide its interval is, relative to others
};

/// Fewer unseen rows than this say nothing about an interval.
inline constexpr std::size_t kFewestUnseen = 5;

/// Fewer unseen rows than this say nothing about a 5% quantile: it lies beyond the outermost.
inline constexpr std::size_t kFewestForQuantiles = 19;

/// (C9) The 5% and 95% quantiles of ln_ratio / scale, as a sample of that size estimates those of the next
/// value: the k-th of n values is the k / (n + 1) quantile. They are never on the wrong side of 0. With few values
/// they are those of Student's law about 0, for the next value: +-t(n) x rms x sqrt(1 + 1/n).
/// @pre residuals is not empty.
[[nodiscard]] ResidualSpread residual_spread(const std::vector<UnseenResidual>& residuals);

}  // namespace roofcast
