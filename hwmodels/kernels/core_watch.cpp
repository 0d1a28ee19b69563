#include "hwmodels/kernels/core_watch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "hwmodels/kernels/line_vector.hpp"
#include "hwmodels/kernels/multiply_adds.hpp"

namespace roofcast::kernels {
namespace {

constexpr long kRounds = 1000;  ///< some microseconds: long beside the team's start, short beside a kernel
constexpr auto kFirstLook = std::chrono::milliseconds(100);
/// Two threads of one core take twice as long; the clocks of most CPUs vary by less than this under one kind of load.
constexpr double kSlower = 1.3;
constexpr double kAgeing = 0.02;  ///< in a second: longer than cores are shared for, shorter than a measurement

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
  Best& best = best_[size];
  if (best.time <= Seconds{}) {
    best = {burst(team), Clock::now()};
    const auto end = best.seen + kFirstLook;
    while (Clock::now() < end) best.time = std::min(best.time, burst(team));
  }
  const Seconds took = burst(team);
  const auto now = Clock::now();
  const Seconds since = std::chrono::duration<double>(now - best.seen).count() * units::s;
  best = {std::min(aged(best.time, since), took), now};
  return took <= kSlower * best.time;
}

Seconds aged(Seconds best, Seconds since) {
  return std::exp(kAgeing * since.in(units::s)) * best;
}

bool ready(ThreadTeam& team, const RepeatPolicy& policy) {
  team.run([](int) {});
  return policy.cores == nullptr || policy.cores->at_full_pace(team);
}

}  // namespace roofcast::kernels
