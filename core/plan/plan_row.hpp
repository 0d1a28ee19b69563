#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/plan/purchase.hpp"
#include "core/plan/sizing.hpp"

namespace roofcast {

/// A resource of the device that is made a tenth better.
struct ResourceGain {
  std::string_view resource{};  ///< "bandwidth"
  std::int64_t gpus = 0;        ///< that the plan would need then
  double capacity = 0;          ///< requests per second of the same replicas, relative to now
};

/// Whether an answer stands when figures are a little different.
struct Robustness {
  std::optional<std::int64_t> gpus_at_worst{};  ///< at the slow end of the intervals; 0: no number; absent: no interval
  std::vector<ResourceGain> gains{};            ///< bandwidth, compute, memory, link
};

/// One deployment that serves the demand and keeps the SLOs with the fewest replicas of its layout.
struct PlanRow {
  Scenario scenario{};  ///< of all replicas but spares; its batch is `peak`: estimate() answers the same
  std::int64_t replicas = 1;
  int spares = 0;
  RankLimit limit{};                    ///< of one DP rank
  double most_mean = 0;                 ///< average under way per DP rank whose peak is the limit
  FeltTimes at_limit{};                 ///< times with that many
  double replica_requests_s = 0;        ///< most that one replica takes within the limits
  bool queue_binds = false;             ///< the wait of random arrivals holds that back, not the limit
  std::optional<FeltTimes> arriving{};  ///< at the planned load as `estimate --rps` has it; absent for users
  double in_flight = 0;                 ///< on average on each DP rank at the planned load, spares down
  double peak = 0;                      ///< what the times are for
  ServingTimes times{};
  Grade grade = Grade::theoretical;
  double requests_s = 0;             ///< of the demand without headroom
  double capacity_s = 0;             ///< requests per second of all replicas but spares, within the limits
  double tokens_s = 0;               ///< output tokens of the demand without headroom
  std::optional<double> usd_hour{};  ///< spares included, as in watts
  std::optional<double> usd_mtok{};  ///< of output, at the demand
  std::optional<double> watts{};
  Robustness robustness{};  ///< of the best rows and the frontier only

  /// Devices of one replica, and of all with the spares.
  [[nodiscard]] std::int64_t replica_gpus() const { return scenario.deployment.gpus() / replicas; }
  [[nodiscard]] std::int64_t used_gpus() const { return replica_gpus() * (replicas + spares); }
  /// (F8) Devices that are bought for them: of systems whole units.
  [[nodiscard]] Purchase bought() const { return purchase(scenario.device, replica_gpus(), replicas + spares); }
  [[nodiscard]] std::int64_t gpus() const { return bought().gpus; }
  /// Holds at the slow end of the intervals; absent: no interval is known.
  [[nodiscard]] std::optional<bool> holds_at_worst() const;
};

/// Why a layout serves the demand with no number of replicas.
struct PlanFailure {
  enum class Cause {
    unsupported,  ///< the question makes no sense on this device
    weights,      ///< do not fit
    cache,        ///< holds not one full-length sequence
    tpot,         ///< one request alone is too slow
    ttft,
    gpus  ///< it would take more than there may be
  };
  Scenario scenario{};  ///< of one replica
  Cause cause = Cause::unsupported;
  Errors problems{};                ///< where unsupported
  Bytes missing{};                  ///< of memory per device, for weights and cache
  std::int64_t gpus = 0;            ///< that it would take, for gpus
  std::optional<FeltTimes> best{};  ///< fastest it gets when all devices that there may be serve; absent: none serve
  std::optional<double> most_demand{};  ///< that all of them serve, without headroom, in the demand's own unit
};

[[nodiscard]] std::string_view name(PlanFailure::Cause cause);

/// (F5) The layout of `replica` with as many replicas as it takes. @pre plan_errors(r) is empty.
[[nodiscard]] std::variant<PlanRow, PlanFailure> plan_row(const PlanRequest& r, const Scenario& replica);

}  // namespace roofcast
