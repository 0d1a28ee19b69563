#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// Largest values that a plan takes, whoever asks.
inline constexpr double kMostDemand = 1e9, kMostHeadroom = 10;

/// What has to be served.
struct Demand {
  enum class Kind {
    requests,  ///< per second, however many are under way
    users      ///< each with one request under way, always
  };
  Kind kind = Kind::requests;
  double amount = 0;

  friend bool operator==(const Demand&, const Demand&) = default;
};

/// What makes one deployment better than another that serves the same.
enum class Objective {
  cost,        ///< fewest USD per hour
  gpus,        ///< fewest devices
  throughput,  ///< most requests per second and device within the SLOs
  power        ///< least nominal power
};

[[nodiscard]] constexpr std::string_view name(Objective o) {
  switch (o) {
    case Objective::cost:
      return "cost";
    case Objective::gpus:
      return "gpus";
    case Objective::throughput:
      return "throughput";
    case Objective::power:
      return "power";
  }
  return "";
}

/// One question: which deployments serve this demand and keep the SLOs?
struct PlanRequest {
  /// Model, engine, lengths, SLOs and settings. Device, deployment, batch and formats are what is searched.
  Scenario base{};
  std::vector<Device> devices{};
  std::vector<std::optional<WeightFormat>> weights{std::nullopt};  ///< absent: the checkpoint's own
  std::vector<std::optional<KvFormat>> kv{std::nullopt};           ///< absent: the model's own
  Demand demand{};
  double headroom = 0;                 ///< share of the demand that is planned for on top of it
  int spares = 0;                      ///< replicas that may fail
  std::optional<double> percentile{};  ///< of requests that keep the SLOs, in (0, 1); absent: the steady state does
  int max_gpus = kMostRanks;
  Objective objective = Objective::cost;
  int examined = 3;  ///< best rows of a device and formats whose robustness is looked at, beside the frontier's

  /// The demand with its headroom.
  [[nodiscard]] double planned() const { return demand.amount * (1 + headroom); }
};

/// Everything that makes the question unanswerable, whatever is searched.
[[nodiscard]] Errors plan_errors(const PlanRequest& r);

}  // namespace roofcast
