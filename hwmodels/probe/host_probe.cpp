#include "hwmodels/probe/host_probe.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "hwmodels/kernels/core_watch.hpp"
#include "hwmodels/kernels/simd_target.hpp"
#include "hwmodels/probe/arithmetic.hpp"
#include "hwmodels/probe/attention_pace.hpp"
#include "hwmodels/probe/probe_places.hpp"
#include "hwmodels/probe/stream.hpp"
#include "hwmodels/significant_digits.hpp"
#include "hwmodels/usable_cpus.hpp"

namespace roofcast::probe {
namespace {

using kernels::PageSize;
using kernels::RepeatPolicy;
using kernels::Timing;

constexpr int kPacePasses = 3;

/// Four digits: what follows is noise.
template <class Q>
Q rounded(Q value) {
  return Q{to_digits(value.in(Q{1}), 4)};
}

double rounded_share(double share) {
  return std::round(share * 1e4) / 1e4;
}

/// Of two measurements of one place the faster; how far they are apart is part of its spread.
BandwidthCeiling better(const BandwidthCeiling& a, const BandwidthCeiling& b) {
  BandwidthCeiling best = a.read < b.read ? b : a;
  best.copy = std::max(a.copy, b.copy);
  best.triad = std::max(a.triad, b.triad);
  best.spread = std::max(best.spread, rounded_share(1 - std::min(a.read, b.read) / best.read));
  return best;
}

/// Everything of one probe. `disturbed` counts over the runs of bandwidths, multiply-adds, widening and paces.
class Prober {
 public:
  Prober(const ProbeRequest& request, const Progress& progress)
      : progress_{progress},
        policy_{.warm_up = 1,
                .min_runs = 9,
                .max_runs = 1'000'000,
                .at_least = 0.06 * request.effort * units::s,
                .budget = 0.25 * request.effort * units::s,
                .patience = 3,
                .cores = &cores_} {
    pace_policy_ = policy_;
    pace_policy_.at_least = 0.015 * request.effort * units::s;
    pace_policy_.budget = 0.05 * request.effort * units::s;
    pace_policy_.patience = 2;
  }

  Result<BandwidthCeiling> bandwidth(const Place& place) {
    kernels::ThreadTeam& team = team_of(place.threads);
    StreamSetup setup{.bytes_per_thread = place.bytes_per_thread, .segments = place.segments};
    // Runs of some hundred microseconds: long beside the clock, short beside a time slice.
    setup.passes = std::max(1, static_cast<int>((4u << 20) / place.bytes_per_thread));
    const auto memory = stream_memory(setup, place.threads, place.pages);
    if (!memory) return std::unexpected(memory.error());
    if (place.pages == PageSize::huge && place.level == "dram")
      huge_share_ = std::min(huge_share_, memory->huge_share());
    const double bytes = static_cast<double>(place.bytes_per_thread) * place.threads;
    BandwidthCeiling ceiling{.level = place.level,
                             .pages = place.pages == PageSize::huge ? "huge" : "small",
                             .threads = place.threads,
                             .working_set = Bytes{bytes * static_cast<double>(place.segments)}};
    const auto rate = [&](Stream stream) {
      const Timing t = steady([&] { return time_stream(stream, setup, *memory, team, policy_); });
      if (stream == Stream::read) ceiling.spread = rounded_share(t.spread);
      return rounded(Bytes{bytes * setup.passes} / t.typical());
    };
    ceiling.read = rate(Stream::read);
    if (place.all_streams) {
      ceiling.copy = rate(Stream::copy);
      ceiling.triad = rate(Stream::triad);
    }
    return ceiling;
  }

  void compute(std::vector<ComputeCeiling>& list, int threads) {
    for (const auto& [type, name] :
         {std::pair{Multiply::fp32, "fp32"}, std::pair{Multiply::bf16, "bf16"}, std::pair{Multiply::int8, "int8"}})
      if (const auto timed = multiply_rate(type, team_of(threads), policy_))
        list.push_back({name, threads, rounded(timed->rate), rounded_share(counted(timed->timing).spread)});
  }

  WideningCeiling widening(kernels::KvElement element, int group) {
    team_.reset();  // the only thread that works
    const TimedBandwidth timed = widening_rate(element, group, policy_);
    return {std::string(kernels::name(element)), group, rounded(timed.rate),
            rounded_share(counted(timed.timing).spread)};
  }

  Result<AttentionTimes> attention(kernels::KvElement element, int group, int head_dim, int threads) {
    auto timed = attention_times(element, group, head_dim, team_of(threads), pace_policy_);
    if (timed) (void)counted(timed->timing);
    return timed;
  }

  Result<std::optional<AttentionOverlap>> overlap(const HostCeilings& ceilings, int group, Bytes last_cache,
                                                  int threads) {
    const auto watch = watch_of(threads);
    if (!watch) return std::unexpected(watch.error());
    auto found = attention_overlap(ceilings, group, last_cache, team_of(threads), policy_, **watch);
    if (found && *found) {
      (*found)->share = rounded_share((*found)->share);
      (*found)->error = rounded_share((*found)->error);
    }
    return found;
  }

  Result<std::optional<LayoutSlowdown>> layout(const HostCeilings& ceilings, kernels::KvElement element,
                                               std::string_view layout, Bytes last_cache, int threads) {
    const auto watch = watch_of(threads);
    if (!watch) return std::unexpected(watch.error());
    auto found = layout_slowdown(ceilings, element, layout, last_cache, team_of(threads), policy_, **watch);
    if (found && *found) (*found)->factor = rounded_share((*found)->factor);
    return found;
  }

  Seconds thread_start() {
    return rounded(counted(kernels::repeat([] { std::jthread([] {}); }, policy_)).typical());
  }

  Seconds dispatch(int threads) {
    kernels::ThreadTeam& team = team_of(threads);
    return rounded(counted(kernels::repeat([&] { team.run([](int) {}); }, policy_)).typical());
  }

  void report(double share, std::string_view what) const {
    if (progress_) progress_(share, what);
  }
  [[nodiscard]] double disturbed_share() const { return runs_ > 0 ? rounded_share(disturbed_ / runs_) : 0; }
  [[nodiscard]] double huge_share() const { return rounded_share(huge_share_); }

 private:
  kernels::ThreadTeam& team_of(int threads) {
    if (!team_ || team_->size() != threads) {
      team_.reset();  // the old crew leaves its CPUs first
      team_ = std::make_unique<kernels::ThreadTeam>(threads);
    }
    return *team_;
  }

  /// For the one number of threads that caches are read out of memory with.
  Result<MemoryWatch*> watch_of(int threads) {
    if (!watch_) {
      auto made = MemoryWatch::create(threads);
      if (!made) return std::unexpected(made.error());
      watch_ = std::move(*made);
    }
    return &*watch_;
  }

  /// Once more where no run was left alone: what is measured then is another program.
  template <class Measure>
  Timing steady(const Measure& measure) {
    Timing t = counted(measure());
    for (int again = 0; t.contended && again < 3; ++again) t = counted(measure());
    return t;
  }

  Timing counted(const Timing& t) {
    runs_ += t.runs + t.disturbed;
    disturbed_ += t.contended ? t.runs : t.disturbed;
    return t;
  }

  const Progress& progress_;
  kernels::CoreWatch cores_{};
  RepeatPolicy policy_;
  RepeatPolicy pace_policy_{};  ///< there are many of them
  std::unique_ptr<kernels::ThreadTeam> team_{};
  std::optional<MemoryWatch> watch_{};
  double runs_ = 0;
  double disturbed_ = 0;
  double huge_share_ = 1;
};

/// The kernel's pace for every element, group and head size, with each of these numbers of threads; none where `step`
/// says to stop.
Result<std::vector<AttentionPace>> measured_paces(Prober& prober, const std::vector<int>& thread_counts,
                                                  const std::function<bool(std::string_view)>& step) {
  struct Case {
    kernels::KvElement element{};
    int threads = 1;
    int group = 1;
    int head_dim = 128;
    std::vector<AttentionTimes> passes{};
  };
  std::vector<Case> cases;
  for (const int threads : thread_counts)
    for (const kernels::KvElement element : kernels::kKvElements)
      for (const int group : kPaceGroups)
        for (const int dim : kPaceHeadDims) cases.push_back({element, threads, group, dim});
  // All of them in turns: what slows a machine for a second or two does not slow every pass of one.
  for (int pass = 0; pass < kPacePasses; ++pass)
    for (Case& c : cases) {
      if (!step(fmt::format("attention {} {} heads {} threads", kernels::name(c.element), c.group, c.threads)))
        return std::vector<AttentionPace>{};
      auto times = prober.attention(c.element, c.group, c.head_dim, c.threads);
      if (!times) return std::unexpected(times.error());
      c.passes.push_back(*times);
    }
  std::vector<AttentionPace> paces;
  for (const Case& c : cases) {
    const AttentionPace pace = attention_pace(c.passes);
    paces.push_back({.element = std::string(kernels::name(c.element)),
                     .threads = c.threads,
                     .group = c.group,
                     .head_dim = c.head_dim,
                     .token = rounded(pace.token),
                     .chunk = rounded(pace.chunk),
                     .spread = rounded_share(pace.spread)});
  }
  return paces;
}

}  // namespace

std::vector<int> thread_counts(int most) {
  std::vector<int> counts;
  for (int n = 1; n < most; n *= 2) counts.push_back(n);
  counts.push_back(std::max(1, most));
  return counts;
}

Result<HostCeilings> probe_host(const ProbeRequest& request, const Progress& progress) {
  const int usable = usable_cpu_count();
  const std::vector<int> counts = thread_counts(request.threads > 0 ? request.threads : usable);
  const std::vector<Place> list = probe_places(request.caches, counts);
  const std::vector<int> groups{1, 2, 4, 8};
  std::vector<int> pace_threads{1};
  if (counts.back() > 1) pace_threads.push_back(counts.back());
  const double steps = static_cast<double>(list.size() + counts.size()) +
                       static_cast<double>(kernels::kKvElements.size() *
                                           (groups.size() + kPacePasses * pace_threads.size() * kPaceGroups.size() *
                                                                kPaceHeadDims.size())) +
                       2 + static_cast<double>(kOverlapGroups.size() + kLayouts.size() * kernels::kKvElements.size()) +
                       static_cast<double>(std::ranges::count_if(
                           list, [](const Place& p) { return p.level == "dram" || p.level == "edge"; }));
  double done = 0;
  Prober prober(request, progress);
  HostCeilings ceilings{.source = fmt::format("measured by roofcast probe on {}", request.date),
                        .simd = std::string(kernels::simd_target())};
  const auto step = [&](std::string_view what) {
    prober.report(done++ / steps, what);
    return !request.stop || !request.stop();
  };

  for (const Place& place : list) {
    if (!step(fmt::format("bandwidth {} {} threads", place.level, place.threads))) return ceilings;
    auto ceiling = prober.bandwidth(place);
    if (!ceiling) return std::unexpected(ceiling.error());
    ceilings.bandwidth.push_back(std::move(*ceiling));
  }
  for (const int threads : counts) {
    if (!step(fmt::format("multiply-adds {} threads", threads))) return ceilings;
    prober.compute(ceilings.compute, threads);
  }
  for (const kernels::KvElement element : kernels::kKvElements)
    for (const int group : groups) {
      if (!step(fmt::format("widening {} for {} heads", kernels::name(element), group))) return ceilings;
      ceilings.widening.push_back(prober.widening(element, group));
    }
  auto paces = measured_paces(prober, pace_threads, step);
  if (!paces) return std::unexpected(paces.error());
  if (paces->empty()) return ceilings;
  ceilings.attention = std::move(*paces);
  // What shares the memory only ever takes from its bandwidth: some seconds later it may leave more.
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].level != "dram" && list[i].level != "edge") continue;
    if (!step(fmt::format("bandwidth {} {} threads again", list[i].level, list[i].threads))) return ceilings;
    const auto again = prober.bandwidth(list[i]);
    if (!again) return std::unexpected(again.error());
    ceilings.bandwidth[i] = better(ceilings.bandwidth[i], *again);
  }
  (void)step("thread start");
  ceilings.thread_start = prober.thread_start();
  (void)step("dispatch");
  ceilings.dispatch = prober.dispatch(counts.back());
  for (const int group : kOverlapGroups) {
    if (!step(fmt::format("attention out of memory for {} heads", group))) return ceilings;
    const auto overlap = prober.overlap(ceilings, group, request.caches.l3, counts.back());
    if (!overlap) return std::unexpected(overlap.error());
    if (*overlap) ceilings.overlap.push_back(**overlap);
  }
  for (const auto layout : kLayouts)
    for (const kernels::KvElement element : kernels::kKvElements) {
      if (!step(fmt::format("attention {} {}", kernels::name(element), layout))) return ceilings;
      auto slowdown = prober.layout(ceilings, element, layout, request.caches.l3, counts.back());
      if (!slowdown) return std::unexpected(slowdown.error());
      if (*slowdown) ceilings.layout.push_back(std::move(**slowdown));
    }
  ceilings.disturbed = prober.disturbed_share();
  ceilings.huge_pages = prober.huge_share();
  prober.report(1, "done");
  return ceilings;
}

}  // namespace roofcast::probe
