#pragma once

/// What the closed forms of GEMM, prompt attention, MLA decode, experts and all-reduce have in common:
/// docs/model/operator_calibration.md.

#include "core/calibrated/machine.hpp"
#include "core/number_format.hpp"
#include "core/units.hpp"

namespace roofcast {

/// What a form needs to know beside the call and its fitted parameters.
struct KernelSetting {
  Machine machine{};      ///< `compute`: the rate that the product runs at
  WeightFormat format{};  ///< of weights, where there are any
  double matrices = 3;    ///< of one expert: 3 gated, 2 plain
  CacheReuse reuse = CacheReuse::none;

  friend bool operator==(const KernelSetting&, const KernelSetting&) = default;
};

/// The terms of one call's time.
struct KernelTerms {
  Seconds launch{};   ///< of an empty kernel
  Seconds serial{};   ///< before or after the product: quantising, permuting, combining
  Seconds memory{};   ///< bytes through memory, cache or links
  Seconds units{};    ///< work items that queue on compute units
  Seconds compute{};  ///< products at the achieved rate
  Seconds roof{};     ///< data sheet floor; 0 where a cache may serve what memory cannot

  /// (K1) Memory, units and products overlap, launch and serial parts do not.
  [[nodiscard]] Seconds total() const;

  friend bool operator==(const KernelTerms&, const KernelTerms&) = default;
};

}  // namespace roofcast
