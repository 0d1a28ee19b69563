#pragma once

/// What the charts of a sweep ask of its rows.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_record.hpp"

namespace roofcast {

[[nodiscard]] inline bool has_speed(const SweepRecord& r) {
  return r.tokens_s && r.tokens_s_user && *r.tokens_s_user > 0;
}

/// Whether a row misses an SLO, and which; a status alone does not say which.
struct MissedSlo {
  bool any = false;
  std::optional<Limit> which{};
};
[[nodiscard]] inline MissedSlo missed_slo(const SweepRecord& r, const ChartSlos& slos) {
  if (slos.tpot && r.tpot_ms && *r.tpot_ms > slos.tpot->in(units::ms)) return {true, Limit::tpot};
  if (slos.ttft && r.ttft_ms && *r.ttft_ms > slos.ttft->in(units::ms)) return {true, Limit::ttft};
  return {!slos.tpot && !slos.ttft && r.status == PointStatus::slo, {}};
}

/// The item of that name, made when it is new.
template <class Item>
[[nodiscard]] Item& named(std::vector<Item>& items, const std::string& name) {
  const auto found = std::ranges::find(items, name, &Item::name);
  if (found != items.end()) return *found;
  Item item;
  item.name = name;
  items.push_back(std::move(item));
  return items.back();
}

/// "gqa:8, 8,192 tokens"
[[nodiscard]] inline std::string with_length(const std::string& variant, const std::string& length) {
  return length.empty() ? variant : variant + ", " + length;
}

}  // namespace roofcast
