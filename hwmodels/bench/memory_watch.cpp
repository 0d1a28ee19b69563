#include "hwmodels/bench/memory_watch.hpp"

#include <algorithm>
#include <utility>

#include "hwmodels/probe/stream.hpp"

namespace roofcast::bench {
namespace {

/// 8 MiB a thread at a time out of 256 MiB: what a turn comes back to is in no cache any more.
constexpr std::size_t kSegment = (std::size_t{8} << 20) / probe::kStreamGranule * probe::kStreamGranule;
constexpr std::size_t kAll = std::size_t{256} << 20;

/// Long beside a look, short beside the seconds for which a machine keeps its pace.
constexpr auto kBetweenLooks = std::chrono::milliseconds(25);

constexpr kernels::RepeatPolicy kGlance{
    .min_runs = 3, .stable_spread = 1, .at_least = 0 * units::s, .budget = 0.005 * units::s};

probe::StreamSetup setup(int threads) {
  return {.bytes_per_thread = kSegment,
          .segments = std::max<std::size_t>(4, kAll / (kSegment * static_cast<std::size_t>(threads)))};
}

}  // namespace

Result<MemoryWatch> MemoryWatch::create(int threads) {
  auto memory = probe::stream_memory(setup(threads), threads, kernels::PageSize::huge);
  if (!memory) return std::unexpected(memory.error());
  return MemoryWatch(threads, std::move(*memory));
}

MemoryWatch::MemoryWatch(int threads, kernels::PageMemory memory) : threads_{threads}, memory_{std::move(memory)} {}

BytesPerSecond MemoryWatch::read(kernels::ThreadTeam& team) {
  auto s = setup(threads_);
  s.first = next_;
  const auto t = probe::time_stream(probe::Stream::read, s, memory_, team, kGlance);
  next_ += static_cast<std::size_t>(kGlance.warm_up + t.runs + t.disturbed);
  return static_cast<double>(s.bytes_per_thread) * threads_ * units::byte / t.typical();
}

void MemoryBeside::look() {
  stretches_.push_back({.memory = watch_.read(team_)});
  looked_ = Clock::now();
}

bool MemoryBeside::look_before_run() {
  const bool due = stretches_.empty() || Clock::now() - looked_ >= kBetweenLooks;
  if (due) look();
  ++stretches_.back().runs;
  return due;
}

BytesPerSecond MemoryBeside::typical() {
  look();
  int runs = 0;
  for (std::size_t i = 0; i + 1 < stretches_.size(); ++i) {
    // The mean time of a byte of the looks at both ends.
    Stretch& s = stretches_[i];
    s.memory = 2.0 * units::byte / (units::byte / s.memory + units::byte / stretches_[i + 1].memory);
    runs += s.runs;
  }
  const BytesPerSecond last = stretches_.back().memory;
  stretches_.pop_back();
  std::ranges::sort(stretches_, {}, &Stretch::memory);
  for (int before = 0; const Stretch& s : stretches_)
    if ((before += s.runs) * 2 >= runs) return s.memory;
  return last;  // no run at all
}

}  // namespace roofcast::bench
