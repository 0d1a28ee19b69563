#pragma once

#include <string_view>

namespace roofcast {

/// Describes one fitted number of a closed form: what calibration files call it, its unit, and the bounds
/// within which it means something. Readers, writers and the fit walk tables of these, so that a form
/// is written once.
template <class Owner>
struct ParameterField {
  std::string_view name;
  std::string_view unit;
  double Owner::*member;
  double least = 0;  ///< positive: parameters are fitted by their logarithm
  double most = 0;
  bool optional = false;  ///< some kernels have no such cost: absent from their calibration, and the default holds
};

/// One fact of a kernel that is not fitted but known from its source code: tile sizes, limits, switches.
template <class Owner>
struct TraitField {
  std::string_view name;
  double Owner::*member;
};

}  // namespace roofcast
