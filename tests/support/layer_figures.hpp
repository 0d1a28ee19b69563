#pragma once

/// Sums over the parts of one layer, as the formulas of papers give them.

#include "core/attention/layer_parts.hpp"

namespace roofcast::tests {

/// Matrices and small parameters; routed experts not included.
inline double params(const LayerParts& p) {
  double sum = p.small_params;
  for (const auto& m : p.projections) sum += m.params();
  return sum;
}

/// Recurrent state of one sequence in a 16-bit model, bytes.
inline double state_bytes(const LayerParts& p) {
  double sum = 0;
  for (const auto& s : p.states) sum += s.bytes(2.0);
  return sum;
}

}  // namespace roofcast::tests
