#include "hwmodels/kernels/core_watch.hpp"

#include <algorithm>
#include <chrono>

#include "hwmodels/kernels/line_vector.hpp"
#include "hwmodels/kernels/multiply_adds.hpp"

namespace roofcast::kernels {
namespace {

constexpr long kRounds = 1000;  ///< some microseconds: long beside the team's start, short beside a kernel
constexpr auto kFirstLook = std::chrono::milliseconds(100);
/// Two threads of one core take twice as long; the clocks of most CPUs vary by less than this under one kind of load.
constexpr double kSlower = 1.3;

/// What the slowest member took.
Seconds burst(ThreadTeam& team) {
  struct alignas(kLineBytes) Took {
    Seconds time{};
    double flops = 0;  // keeps the loop from being left out
  };
  std::vector<Took> took(static_cast<std::size_t>(team.size()));
  team.run([&](int rank) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const double flops = multiply_adds(kRounds);
    took[static_cast<std::size_t>(rank)] = {std::chrono::duration<double>(Clock::now() - start).count() * units::s,
                                            flops};
  });
  return std::ranges::max(took, {}, &Took::time).time;
}

}  // namespace

bool CoreWatch::at_full_pace(ThreadTeam& team) {
  const auto size = static_cast<std::size_t>(team.size());
  if (best_.size() <= size) best_.resize(size + 1);
  Seconds& best = best_[size];
  if (best <= Seconds{}) {
    best = burst(team);
    const auto end = std::chrono::steady_clock::now() + kFirstLook;
    while (std::chrono::steady_clock::now() < end) best = std::min(best, burst(team));
  }
  const Seconds now = burst(team);
  best = std::min(best, now);
  return now <= kSlower * best;
}

bool ready(ThreadTeam& team, const RepeatPolicy& policy) {
  team.run([](int) {});
  return policy.cores == nullptr || policy.cores->at_full_pace(team);
}

}  // namespace roofcast::kernels
