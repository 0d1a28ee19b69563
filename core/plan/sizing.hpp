#pragma once

#include <cstdint>
#include <optional>

#include "core/estimate.hpp"
#include "core/plan/plan_request.hpp"

namespace roofcast {

/// How much slower than predicted everything is: the slow end of an interval.
struct Slowdown {
  double tpot = 1;
  double ttft = 1;
};

/// Largest batch of one DP rank, and which limit it is: full-length sequences in memory, or an SLO.
struct RankLimit {
  double batch = 0;
  Limit binding = Limit::memory;

  friend bool operator==(const RankLimit&, const RankLimit&) = default;
};
[[nodiscard]] RankLimit rank_limit(const CompiledScenario& c, const Workload& w, const Slowdown& slow = {});

/// (F3) Requests per second that one DP rank ends while it has `mean` of them under way: Little's law, mean / (TTFT +
/// OSL x TPOT), with the times of that many. Below one the times are those of one alone. Grows with `mean`.
[[nodiscard]] double finished_per_second(const CompiledScenario& c, const Workload& w, double mean,
                                         const Slowdown& slow = {});

/// (F4) Requests under way on a DP rank that has `mean` of them on average: at the percentile where one is asked for,
/// else the mean as a whole number. Requests that arrive at random make a Poisson count; users are spread evenly.
[[nodiscard]] double peak_load(const PlanRequest& r, double mean);

/// (F4) Largest mean whose peak is at most `batch`.
[[nodiscard]] double mean_within(const PlanRequest& r, double batch);

/// (F5) Smallest mean per DP rank with which `replicas` serve what is planned for; infinity where no mean does.
[[nodiscard]] double mean_load(const CompiledScenario& c, const PlanRequest& r, std::int64_t replicas,
                               const Slowdown& slow = {});

/// How many replicas serve the demand, and what each then has under way.
struct Sizing {
  RankLimit limit{};
  double most_mean = 0;       ///< average under way per DP rank whose peak is the limit
  double requests_s = 0;      ///< most that one replica takes within the limits
  bool queue_binds = false;   ///< requests that arrive at random would wait too long at what the limit alone allows
  std::int64_t replicas = 0;  ///< 0: no number serves, as not one request keeps the limits
};

/// (F5) Requests per second at one replica as `estimate --rps` sees them, no more than `batch` of a rank under way.
/// TTFT is the mean, or what the percentile's share does not exceed.
[[nodiscard]] FeltTimes arrival_times(const CompiledScenario& c, const PlanRequest& r, double requests_s, double batch);

/// (F5) The fewest replicas whose peak load stays within the limit, and whose requests keep the SLOs when they arrive
/// at random.
[[nodiscard]] Sizing sizing(const CompiledScenario& c, const PlanRequest& r, const Slowdown& slow = {});

/// Requests per second of `replicas` with `mean` under way on each DP rank.
[[nodiscard]] double requests_per_second(const CompiledScenario& c, const Workload& w, std::int64_t replicas,
                                         double mean, const Slowdown& slow = {});

}  // namespace roofcast
