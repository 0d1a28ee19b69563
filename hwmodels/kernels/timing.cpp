#include "hwmodels/kernels/timing.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace roofcast::kernels {
namespace {

using Clock = std::chrono::steady_clock;

Seconds since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count() * units::s;
}

/// How often the system took a CPU away from a thread of this process that wanted to go on.
long preemptions() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nivcsw;
}

/// Value at a share of sorted times, by linear interpolation.
Seconds quantile(std::span<const Seconds> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const auto high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

/// Whether these runs, after so long, are what the policy asks for.
bool enough(std::span<const Run> runs, Seconds spent, const RepeatPolicy& policy) {
  if (static_cast<int>(runs.size()) >= policy.max_runs || spent >= policy.budget) return true;
  if (spent < policy.at_least || static_cast<int>(runs.size()) < policy.min_runs) return false;
  const Timing so_far = timing(runs);
  return !so_far.contended && so_far.runs >= policy.min_runs && so_far.spread <= policy.stable_spread;
}

}  // namespace

Timing timing(std::span<const Run> runs) {
  std::vector<Seconds> times;
  for (const Run& run : runs)
    if (!run.disturbed) times.push_back(run.time);
  const bool contended = times.size() < std::min<std::size_t>(3, runs.size());
  if (contended) {
    times.clear();
    for (const Run& run : runs) times.push_back(run.time);
  }
  std::ranges::sort(times);
  const Seconds median = quantile(times, 0.5);
  return {.min = times.front(),
          .median = median,
          .max = times.back(),
          .spread = (quantile(times, 0.75) - quantile(times, 0.25)) / median,
          .runs = static_cast<int>(times.size()),
          .disturbed = static_cast<int>(runs.size() - times.size()),
          .contended = contended};
}

Timing repeat(const std::function<void()>& work, const RepeatPolicy& policy, const std::function<void()>& ready) {
  for (int i = 0; i < policy.warm_up; ++i) work();
  std::vector<Run> runs;
  const auto begin = Clock::now();
  do {
    if (ready) ready();
    const long before = preemptions();
    const auto start = Clock::now();
    work();
    runs.push_back({since(start), preemptions() != before});
  } while (!enough(runs, since(begin), policy));
  return timing(runs);
}

Result<Timing> repeat_timed(const std::function<Result<Seconds>()>& run, const RepeatPolicy& policy) {
  for (int i = 0; i < policy.warm_up; ++i)
    if (const auto time = run(); !time) return std::unexpected(time.error());
  std::vector<Run> runs;
  const auto begin = Clock::now();
  do {
    const auto time = run();
    if (!time) return std::unexpected(time.error());
    runs.push_back({*time, false});
  } while (!enough(runs, since(begin), policy));
  return timing(runs);
}

}  // namespace roofcast::kernels
