#pragma once

#include <array>
#include <optional>

#include "core/host_ceilings.hpp"
#include "core/result.hpp"
#include "hwmodels/kernels/kv_element.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::probe {

/// What is measured; the model interpolates between them (H3).
inline constexpr std::array kPaceGroups{1, 2, 4, 8, 32};
inline constexpr std::array kPaceHeadDims{64, 128};
inline constexpr std::array kOverlapGroups{1, 3};  ///< the first of each way that the kernel works

struct TimedPace {
  AttentionPace pace{};
  kernels::Timing timing{};  ///< of the longer run
};

/// The kernel on so many threads with a few KV heads each, caches in the second level: from runs over few and over
/// more tokens.
[[nodiscard]] Result<TimedPace> attention_pace(kernels::KvElement element, int group, int head_dim,
                                               kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy);

/// From runs of such groups over caches that come from memory, for every element, each run between two measurements
/// of the memory's bandwidth. `ceilings` must have the paces and bandwidths; nullopt where they have not.
[[nodiscard]] Result<std::optional<AttentionOverlap>> attention_overlap(const HostCeilings& ceilings, int group,
                                                                        Bytes last_cache, kernels::ThreadTeam& team,
                                                                        const kernels::RepeatPolicy& policy);

}  // namespace roofcast::probe
