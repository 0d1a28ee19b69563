#pragma once

#include <chrono>
#include <vector>

#include "core/units.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::kernels {

/// Whether the cores are a program's own at the moment. A virtual machine's may be halves of one core for a while, or
/// be lent to other machines: the system inside it sees nothing of that, multiply-adds do.
class CoreWatch {
 public:
  /// Some microseconds of multiply-adds on all threads of the team at once: whether none took much longer than the
  /// best that a team of this size was seen to do lately. The first call for a size looks for a tenth of a second.
  [[nodiscard]] bool at_full_pace(ThreadTeam& team);

 private:
  using Clock = std::chrono::steady_clock;

  struct Best {
    Seconds time{};  ///< 0: not seen yet
    Clock::time_point seen{};
  };
  std::vector<Best> best_{};  ///< by the size of the team
};

/// The best time after so long: it ages, or a clock that fell for good (a warm CPU) would count as slow for ever.
[[nodiscard]] Seconds aged(Seconds best, Seconds since);

/// Before each run of a team's work: wakes it and says whether its cores are at their full pace, which without a
/// watch in the policy is taken for granted.
[[nodiscard]] bool ready(ThreadTeam& team, const RepeatPolicy& policy);

}  // namespace roofcast::kernels
