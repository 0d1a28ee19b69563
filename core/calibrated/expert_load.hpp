#pragma once

#include "core/calibrated/kernel_call.hpp"

namespace roofcast {

/// What the busiest of `ep` devices has to do.
struct ExpertLoad {
  double pairs = 0;    ///< (token, expert) choices that it serves
  double experts = 0;  ///< of its own that meet a token
  double tiles = 0;    ///< of kExpertTile rows, each expert's last one partly filled

  friend bool operator==(const ExpertLoad&, const ExpertLoad&) = default;
};

inline constexpr double kExpertTile = 16;

/// (E1) Balanced lists deal tokens out in turn. Under a power law the experts' shares are drawn from it, and the
/// mean over a fixed set of draws is returned: the same call gives the same figures.
[[nodiscard]] ExpertLoad expert_load(const MoeCall& call);

}  // namespace roofcast
