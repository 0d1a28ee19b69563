#include "hwmodels/probe/memory_watch.hpp"

#include <algorithm>
#include <utility>

#include "hwmodels/probe/stream.hpp"

namespace roofcast::probe {
namespace {

/// 8 MiB a thread at a time out of 256 MiB: what a turn comes back to is in no cache any more.
constexpr std::size_t kSegment = (std::size_t{8} << 20) / kStreamGranule * kStreamGranule;
constexpr std::size_t kAll = std::size_t{256} << 20;

/// Long beside a look, short beside the seconds for which a machine keeps its pace.
constexpr auto kBetweenLooks = std::chrono::milliseconds(25);

/// After runs of hundreds of milliseconds a look of one would see a moment: the longer what it stands for, the longer.
constexpr double kShareOfLooks = 0.05;
constexpr Seconds kLongestLook = 0.02 * units::s;

kernels::RepeatPolicy look_for(Seconds time) {
  // A run that lost its CPU for a while must not be the only one: five, unless all of them do.
  return {.min_runs = 5, .stable_spread = 1e9, .at_least = time, .budget = 0.1 * units::s};
}

StreamSetup setup(int threads) {
  return {.bytes_per_thread = kSegment,
          .segments = std::max<std::size_t>(4, kAll / (kSegment * static_cast<std::size_t>(threads)))};
}

}  // namespace

Result<MemoryWatch> MemoryWatch::create(int threads) {
  auto memory = stream_memory(setup(threads), threads, kernels::PageSize::huge);
  if (!memory) return std::unexpected(memory.error());
  return MemoryWatch(threads, std::move(*memory));
}

MemoryWatch::MemoryWatch(int threads, kernels::PageMemory memory) : threads_{threads}, memory_{std::move(memory)} {}

BytesPerSecond MemoryWatch::read(kernels::ThreadTeam& team, Seconds time) {
  auto s = setup(threads_);
  s.first = next_;
  const auto policy = look_for(time);
  const auto t = time_stream(Stream::read, s, memory_, team, policy);
  next_ += static_cast<std::size_t>(policy.warm_up + t.runs + t.disturbed);
  return static_cast<double>(s.bytes_per_thread) * threads_ * units::byte / t.typical();
}

void MemoryBeside::look() {
  Seconds since{};
  if (!looks_.empty()) since = std::chrono::duration<double>(Clock::now() - looked_).count() * units::s;
  looks_.push_back({.memory = watch_.read(team_, std::min(kShareOfLooks * since, kLongestLook))});
  looked_ = Clock::now();
}

bool MemoryBeside::look_before_run() {
  const bool due = looks_.empty() || Clock::now() - looked_ >= kBetweenLooks;
  if (due) look();
  ++looks_.back().runs;
  return due;
}

BytesPerSecond MemoryBeside::typical() {
  look();
  return typical_memory(std::move(looks_));
}

BytesPerSecond typical_memory(std::vector<MemoryLook> looks) {
  if (looks.size() == 2) return 2.0 * units::byte / (units::byte / looks[0].memory + units::byte / looks[1].memory);
  for (std::size_t i = looks.size() - 1; i > 0; --i) looks[i].runs += looks[i - 1].runs;
  std::ranges::sort(looks, {}, &MemoryLook::memory);
  int runs = 0;
  for (const MemoryLook& look : looks) runs += look.runs;
  std::size_t i = 0;
  for (int before = looks[0].runs; before * 2 < runs; before += looks[i].runs) ++i;
  return looks[i].memory;
}

}  // namespace roofcast::probe
