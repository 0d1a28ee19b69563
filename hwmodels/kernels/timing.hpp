#pragma once

#include <concepts>
#include <functional>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "core/units.hpp"

namespace roofcast::kernels {

class CoreWatch;

/// When to stop repeating.
struct RepeatPolicy {
  int warm_up = 1;              ///< runs that do not count
  int min_runs = 7;             ///< undisturbed ones
  int max_runs = 100'000;       ///< of all kinds
  double stable_spread = 0.02;  ///< half of the runs lie within this share of the median: enough
  /// Not before this: virtual machines change their pace for milliseconds at a time (two CPUs on one core), which a
  /// few runs in a row do not see.
  Seconds at_least = 0.06 * units::s;
  Seconds budget = 0.3 * units::s;  ///< after this stop, stable or not
  double patience = 1;              ///< so many budgets until min_runs were left alone
  CoreWatch* cores = nullptr;       ///< for `ready` (core_watch.hpp); none: cores are taken for the program's own
};

/// What repeats took. Undisturbed runs are those in which neither the system took a CPU away from the process nor its
/// cores were slower than they can be; where fewer than 3 are, all are counted and the result says so.
struct Timing {
  Seconds min{};
  Seconds median{};
  Seconds max{};
  double spread = 0;  ///< (3rd quartile - 1st quartile) / median
  int runs = 0;       ///< that were counted
  int disturbed = 0;  ///< that were not
  bool contended = false;

  /// The time that says most about the machine: the median, or the shortest where every run was disturbed and the
  /// median is another program's.
  [[nodiscard]] Seconds typical() const { return contended ? min : median; }

  friend bool operator==(const Timing&, const Timing&) = default;
};

/// One run: how long it took and whether it was left alone.
struct Run {
  Seconds time{};
  bool disturbed = false;
};

/// Order statistics of the runs, by the rule of `Timing`. @pre at least one run
[[nodiscard]] Timing timing(std::span<const Run> runs);

/// Repeats work() until it is stable or the budget is spent. Before each run, not timed, ready() is called: work of a
/// team needs it to be awake, or a run measures how long another program kept a member from its CPU. It answers whether
/// the cores are at their full pace: a run counts as disturbed if they were not before it, or before the next one.
[[nodiscard]] Timing repeat(const std::function<void()>& work, const RepeatPolicy& policy = {},
                            const std::function<bool()>& ready = {});

/// The same for runs that a device's clock times. It does not say which of them were disturbed: all count. The first
/// run that fails ends it.
[[nodiscard]] Result<Timing> repeat_timed(const std::function<Result<Seconds>()>& run, const RepeatPolicy& policy = {});

}  // namespace roofcast::kernels
