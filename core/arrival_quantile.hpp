#pragma once

#include "core/arrivals.hpp"
#include "core/queue.hpp"

namespace roofcast {

/// (W7) TTFT that the share `p` of the requests of a state does not exceed; never below the mean, infinity where it is
/// overloaded. `prompt`: prompt_service of the same workload. @pre `a` is arrival_state(c, roofs, w), its mean at
/// least.
[[nodiscard]] Seconds ttft_quantile(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w,
                                    const ServiceTime& prompt, const ArrivalState& a, double p);

}  // namespace roofcast
