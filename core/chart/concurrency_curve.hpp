#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/estimate.hpp"

namespace roofcast {

/// Speed of a deployment with so many sequences in flight.
struct ConcurrencyPoint {
  double concurrency = 0;  ///< sequences in flight, all replicas
  double tokens_s = 0;     ///< all replicas
  double tokens_s_user = 0;
  std::optional<double> user_low{};   ///< of tokens_s_user; a datasheet roof has no low end
  std::optional<double> user_high{};  ///< tokens_s lies in the same proportion
  Grade grade = Grade::theoretical;
  bool keeps_slos = true;

  friend bool operator==(const ConcurrencyPoint&, const ConcurrencyPoint&) = default;
};

/// Throughput of one variant against concurrency.
struct ConcurrencyCurve {
  std::string name{};
  int style = 0;                           ///< number of the variant: its colour and mark
  int length_style = 0;                    ///< number of its length where a chart has several: its stroke and mark
  std::vector<ConcurrencyPoint> points{};  ///< ascending
  std::optional<double> memory_limit{};    ///< sequences that fit, all replicas; absent: the curve ends before
  std::optional<Limit> slo{};              ///< which SLO is missed where one is; absent: not known
  std::optional<double> slo_limit{};       ///< the most sequences that keep it, all replicas; absent: not known
  std::string problem{};                   ///< why there are no points
};

/// The curve of a scenario from one sequence per replica to as many as fit, `count` points and the limits exactly,
/// whatever batch the scenario asks for. Errors: as estimate().
[[nodiscard]] Result<ConcurrencyCurve> concurrency_curve(const Scenario& scenario, std::size_t count = 60);

}  // namespace roofcast
