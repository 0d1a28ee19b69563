#pragma once

#include <optional>

#include "core/units.hpp"
#include "hwmodels/kernels/kv_element.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::probe {

enum class Multiply {
  fp32,  ///< fused multiply-add
  bf16,  ///< dot product of pairs with fp32 sums
  int8,  ///< dot product of fours with int32 sums
};

/// Rate of all threads together.
struct TimedRate {
  FlopsPerSecond rate{};
  kernels::Timing timing{};
};

/// Multiply-adds out of registers, a multiply-add being 2 FLOP; nullopt where this CPU has no such instruction.
[[nodiscard]] std::optional<TimedRate> multiply_rate(Multiply type, kernels::ThreadTeam& team,
                                                     const kernels::RepeatPolicy& policy);

struct TimedBandwidth {
  BytesPerSecond rate{};
  kernels::Timing timing{};
};

/// What one core takes out of its first cache level, widens to fp32 and multiplies with `group` numbers each.
/// @pre group is 1, 2, 4 or 8
[[nodiscard]] TimedBandwidth widening_rate(kernels::KvElement element, int group, const kernels::RepeatPolicy& policy);

}  // namespace roofcast::probe
