#pragma once

#include <vector>

#include "core/calibration.hpp"

namespace roofcast {

/// A measured row that the fit did not see.
struct UnseenResidual {
  double ln_ratio = 0;  ///< ln(measured / predicted)
  double scale = 1;     ///< how wide its interval is, relative to others
};

/// Fewer unseen rows than this say nothing about a 5% quantile.
inline constexpr std::size_t kFewestUnseen = 20;

/// (C9) The 5% and 95% quantiles of ln_ratio / scale, as a sample of that size estimates those of the next
/// value: the k-th of n values is the k / (n + 1) quantile. They are never on the wrong side of 0.
/// @pre residuals is not empty.
[[nodiscard]] ResidualSpread residual_spread(const std::vector<UnseenResidual>& residuals);

}  // namespace roofcast
