#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/throughput_figure.hpp"

namespace roofcast {

/// One deployment at one batch.
struct ParetoPoint {
  std::string variant{};  ///< its series
  int style = 0;          ///< number of the variant
  std::string load{};     ///< model and length: only points of the same load compete
  double tokens_s_user = 0;
  double tokens_s_gpu = 0;
  std::optional<double> usd_mtok{};
  Grade grade = Grade::theoretical;
  bool keeps_slos = true;
  std::string text{};  ///< the deployment in words, for hovering

  friend bool operator==(const ParetoPoint&, const ParetoPoint&) = default;
};

/// Indices of the points that no other point of the same load beats in both figures, ascending in tokens/s per user.
/// `better(p)`: what to have much of beside tokens/s per user; nullopt: the point does not compete.
[[nodiscard]] std::vector<std::size_t> frontier(std::span<const ParetoPoint> points, std::string_view load,
                                                std::optional<double> (*better)(const ParetoPoint&));

/// Tokens/s per GPU against tokens/s per user, one mark per deployment and batch, hollow where an SLO is missed, the
/// frontier as a line for each load; below it the price of a million tokens where prices are known.
[[nodiscard]] Figure pareto_figure(std::span<const ParetoPoint> all, const ChartSubject& subject);

}  // namespace roofcast
