#pragma once

#include <vector>

#include "core/plan/plan.hpp"

namespace roofcast {

/// (F7) The smallest TPOT with the TTFT as it was asked for, and the reverse; where neither alone helps, the pair that
/// is off by the smallest factor. Fewer requests under way are faster in both, so that the smallest is where all
/// devices serve.
[[nodiscard]] std::vector<NearestSlo> nearest_slos(const Plan& p);

/// Three digits, never less than the time: asking for what is printed succeeds. "12.4ms", as flags take it.
[[nodiscard]] std::string slo_flag(Seconds time);

}  // namespace roofcast
