#include "hwmodels/bench/memory_watch.hpp"

#include <algorithm>
#include <utility>

#include "hwmodels/probe/stream.hpp"

namespace roofcast::bench {
namespace {

/// 8 MiB a thread at a time out of 256 MiB: what a turn comes back to is in no cache any more.
constexpr std::size_t kSegment = std::size_t{8} << 20;
constexpr std::size_t kAll = std::size_t{256} << 20;

probe::StreamSetup setup(int threads) {
  const auto segments = std::max<std::size_t>(4, kAll / (kSegment * static_cast<std::size_t>(threads)));
  return {.bytes_per_thread = kSegment / probe::kStreamGranule * probe::kStreamGranule, .segments = segments};
}

constexpr kernels::RepeatPolicy kGlance{
    .min_runs = 5, .stable_spread = 0.05, .at_least = 0.015 * units::s, .budget = 0.03 * units::s};

}  // namespace

Result<MemoryWatch> MemoryWatch::create(int threads) {
  auto memory = probe::stream_memory(setup(threads), threads, kernels::PageSize::huge);
  if (!memory) return std::unexpected(memory.error());
  return MemoryWatch(threads, std::move(*memory));
}

MemoryWatch::MemoryWatch(int threads, kernels::PageMemory memory) : threads_{threads}, memory_{std::move(memory)} {}

BytesPerSecond MemoryWatch::read() {
  const auto s = setup(threads_);
  // A team of its own, gone afterwards: one that waits for work keeps CPUs busy.
  kernels::ThreadTeam team{threads_};
  const auto t = probe::time_stream(probe::Stream::read, s, memory_, team, kGlance);
  return static_cast<double>(s.bytes_per_thread) * threads_ * units::byte / t.typical();
}

}  // namespace roofcast::bench
