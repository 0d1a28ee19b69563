#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "core/host_ceilings.hpp"
#include "core/result.hpp"
#include "hwmodels/kernels/kv_element.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/kernels/timing.hpp"
#include "hwmodels/probe/memory_watch.hpp"

namespace roofcast::probe {

/// What is measured; the model interpolates between them (H3).
inline constexpr std::array kPaceGroups{1, 2, 4, 8, 16, 32};
inline constexpr std::array kPaceHeadDims{64, 128};
inline constexpr std::array<std::string_view, 2> kLayouts{"tokens_first", "paged"};
inline constexpr std::array kOverlapGroups{1, 3, 8, 16};

/// The kernel on some threads with a few KV heads each, caches in the second level.
struct AttentionTimes {
  Seconds few{};             ///< a call over few tokens
  Seconds more{};            ///< over more of them
  kernels::Timing timing{};  ///< of the runs over more
};
[[nodiscard]] Result<AttentionTimes> attention_times(kernels::KvElement element, int group, int head_dim,
                                                     kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy);

/// The kernel's pace out of the shortest of those times, since whatever else a machine does only makes them longer;
/// how much longer the second shortest are is part of the spread. Element, threads, group and head size are left to
/// the caller.
/// @pre at least one
[[nodiscard]] AttentionPace attention_pace(std::span<const AttentionTimes> passes);

/// From runs of such groups over caches that come from memory, for every element, with looks at the memory's bandwidth
/// between the runs. `ceilings` must have the paces and bandwidths; nullopt where they have not.
[[nodiscard]] Result<std::optional<AttentionOverlap>> attention_overlap(const HostCeilings& ceilings, int group,
                                                                        Bytes last_cache, kernels::ThreadTeam& team,
                                                                        const kernels::RepeatPolicy& policy,
                                                                        MemoryWatch& watch);

/// From runs of one query head per KV head over such caches, with looks at the memory's bandwidth between them.
/// `layout` is "tokens_first" or "paged"; `ceilings` must have the overlap too. nullopt as above.
[[nodiscard]] Result<std::optional<LayoutSlowdown>> layout_slowdown(const HostCeilings& ceilings,
                                                                    kernels::KvElement element, std::string_view layout,
                                                                    Bytes last_cache, kernels::ThreadTeam& team,
                                                                    const kernels::RepeatPolicy& policy,
                                                                    MemoryWatch& watch);

}  // namespace roofcast::probe
