#include "core/plan/nearest_slo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace roofcast {
namespace {

/// How many times longer than what was asked for; 1 where nothing was.
double excess(Seconds time, const std::optional<Seconds>& slo) {
  return slo ? time / *slo : 1;
}

/// The failure with the smallest key among those that get any time; nullopt where every key is infinite.
template <class Key>
std::optional<std::size_t> least(const std::vector<PlanFailure>& failures, Key key) {
  std::optional<std::size_t> best;
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < failures.size(); ++i) {
    if (!failures[i].best) continue;
    const double k = key(*failures[i].best);
    if (k < smallest) {
      smallest = k;
      best = i;
    }
  }
  return best;
}

}  // namespace

std::vector<NearestSlo> nearest_slos(const Plan& p) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  const Workload& w = p.request.base.workload;
  const auto& list = p.failures;
  std::vector<NearestSlo> found;
  const auto tpot = least(list, [&](const FeltTimes& t) {
    return w.tpot_slo && excess(t.ttft, w.ttft_slo) <= 1 ? t.tpot.in(units::s) : kNever;
  });
  const auto ttft = least(list, [&](const FeltTimes& t) {
    return w.ttft_slo && excess(t.tpot, w.tpot_slo) <= 1 ? t.ttft.in(units::s) : kNever;
  });
  if (tpot) found.push_back({.times = *list[*tpot].best, .failure = *tpot, .tpot_alone = true});
  if (ttft) found.push_back({.times = *list[*ttft].best, .failure = *ttft, .ttft_alone = true});
  if (!found.empty()) return found;
  const auto both =
      least(list, [&](const FeltTimes& t) { return std::max(excess(t.tpot, w.tpot_slo), excess(t.ttft, w.ttft_slo)); });
  if (both && (w.tpot_slo || w.ttft_slo)) found.push_back({.times = *list[*both].best, .failure = *both});
  return found;
}

std::string slo_flag(Seconds time) {
  const bool seconds = time >= units::s;
  const double value = time.in(seconds ? units::s : units::ms);
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 2);
  const double up = std::ceil(value / step * (1 + 1e-9)) * step;
  const int digits = std::clamp(2 - static_cast<int>(std::floor(std::log10(up * (1 + 1e-12)))), 0, 9);
  return fmt::format("{:.{}f}{}", up, digits, seconds ? "s" : "ms");
}

}  // namespace roofcast
