#include "hwmodels/kernels/timing.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace roofcast::kernels {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFewest = 3;  ///< runs that make a statistic

Seconds since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count() * units::s;
}

/// How often the system took a CPU away from a thread of this process that wanted to go on.
long preemptions() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nivcsw;
}

/// How long threads of this process were ready to go on and had no CPU, all together; nothing where the system does
/// not say it.
std::optional<Seconds> kept_waiting() {
  double nanoseconds = 0;
  bool known = false;
  std::error_code gone;
  for (std::filesystem::directory_iterator task("/proc/self/task", gone), end; !gone && task != end;
       task.increment(gone)) {
    std::ifstream file(task->path() / "schedstat");
    double on_cpu = 0, waiting = 0;
    if (!(file >> on_cpu >> waiting)) continue;
    nanoseconds += waiting;
    known = true;
  }
  if (!known) return std::nullopt;
  return nanoseconds * units::ns;
}

/// One preemption is most of a short run and nothing of a long one, which cannot do without.
constexpr Seconds kLong = 0.005 * units::s;
constexpr double kLost = 0.04;  ///< of a long run, by all threads together: more than this disturbs it

/// What the system did to the process since this was made.
class Interference {
 public:
  explicit Interference(bool long_run)
      : preempted_{preemptions()}, waited_{long_run ? kept_waiting() : std::optional<Seconds>{}} {}

  [[nodiscard]] bool disturbed(Seconds run) const {
    if (preemptions() == preempted_) return false;
    if (!waited_) return true;
    const auto now = kept_waiting();
    return !now || *now - *waited_ > kLost * run;
  }

 private:
  long preempted_;
  std::optional<Seconds> waited_;
};

/// Value at a share of sorted times, by linear interpolation.
Seconds quantile(std::span<const Seconds> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const auto high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

/// Runs, and whether there are enough of them.
class Repeats {
 public:
  explicit Repeats(const RepeatPolicy& policy) : policy_{policy} {}

  void add(Run run) {
    alone_ += run.disturbed ? 0 : 1;
    runs_.push_back(run);
  }
  /// The last one, that is: by what was seen after it.
  void disturb_last() {
    if (runs_.empty() || runs_.back().disturbed) return;
    runs_.back().disturbed = true;
    --alone_;
  }
  /// After so long since the first of them, for the policy.
  [[nodiscard]] bool enough(Seconds since_first) {
    const auto count = static_cast<int>(runs_.size());
    if (count >= policy_.max_runs || since_first >= policy_.patience * policy_.budget) return true;
    const bool many = alone_ >= std::max(policy_.min_runs, kFewest);
    if (since_first >= policy_.budget) return many;
    if (since_first < policy_.at_least || !many || count < next_look_) return false;
    next_look_ = count + count / 8;  // sorting thousands of runs after each would take longer than they do
    return timing(runs_).spread <= policy_.stable_spread;
  }
  [[nodiscard]] Timing result() const { return timing(runs_); }

 private:
  const RepeatPolicy& policy_;
  std::vector<Run> runs_{};
  int alone_ = 0;  ///< not disturbed
  int next_look_ = 0;
};

}  // namespace

Timing timing(std::span<const Run> runs) {
  std::vector<Seconds> times;
  for (const Run& run : runs)
    if (!run.disturbed) times.push_back(run.time);
  const bool contended = times.size() < std::min<std::size_t>(kFewest, runs.size());
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

Timing repeat(const std::function<void()>& work, const RepeatPolicy& policy, const std::function<bool()>& ready) {
  Seconds last{};
  for (int i = 0; i < policy.warm_up; ++i) {
    const auto start = Clock::now();
    work();
    last = since(start);
  }
  Repeats repeats(policy);
  std::optional<Clock::time_point> begin;  // of the first run: what ready() does at first may take longer than they do
  do {
    const bool full_pace = !ready || ready();
    if (!begin) begin = Clock::now();
    if (!full_pace) repeats.disturb_last();
    const Interference interference(last >= kLong);
    const auto start = Clock::now();
    work();
    last = since(start);
    repeats.add({last, interference.disturbed(last) || !full_pace});
  } while (!repeats.enough(since(*begin)));
  return repeats.result();
}

Result<Timing> repeat_timed(const std::function<Result<Seconds>()>& run, const RepeatPolicy& policy) {
  for (int i = 0; i < policy.warm_up; ++i)
    if (const auto time = run(); !time) return std::unexpected(time.error());
  Repeats repeats(policy);
  const auto begin = Clock::now();
  do {
    const auto time = run();
    if (!time) return std::unexpected(time.error());
    repeats.add({*time, false});
  } while (!repeats.enough(since(begin)));
  return repeats.result();
}

}  // namespace roofcast::kernels
