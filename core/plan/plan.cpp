#include "core/plan/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "core/pareto_front.hpp"
#include "core/plan/layouts.hpp"
#include "core/plan/nearest_slo.hpp"
#include "core/plan/plan_assumptions.hpp"
#include "core/plan/robustness.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

/// The models that are searched: a format that the checkpoint has already is no second one.
std::vector<ModelSpec> models(const PlanRequest& r) {
  std::vector<ModelSpec> list;
  for (const auto& format : r.weights) {
    ModelSpec m = format ? with_weight_format(r.base.model, *format) : r.base.model;
    const auto same = [&](const ModelSpec& other) {
      return weight_label(other) == weight_label(m) && weight_bytes(other) == weight_bytes(m);
    };
    if (std::ranges::none_of(list, same)) list.push_back(std::move(m));
  }
  return list;
}

std::vector<KvFormat> kv_formats_of(const PlanRequest& r) {
  std::vector<KvFormat> list;
  for (const auto& format : r.kv) {
    const KvFormat kv = format.value_or(model_kv_format(r.base.model));
    if (std::ranges::find(list, kv) == list.end()) list.push_back(kv);
  }
  return list;
}

/// Of a layout with and without overlap.
bool better(const PlanRow& a, const PlanRow& b, Objective by) {
  const auto key = [by](const PlanRow& row) { return std::tuple(rank_key(row, by), row.gpus(), -row.capacity_s); };
  return key(a) < key(b);
}

using Outcome = std::variant<PlanRow, PlanFailure>;

/// With the overlap that was asked for where the layout can have it and gains from it: reading weights twice may cost
/// more than what is hidden.
Outcome outcome(const PlanRequest& r, Scenario replica) {
  const Overlap asked = replica.overlap;
  const bool can = asked != Overlap::none && overlap_errors(replica).empty();
  replica.overlap = Overlap::none;
  Outcome plain = plan_row(r, replica);
  if (!can) return plain;
  replica.overlap = asked;
  Outcome turned = plan_row(r, replica);
  const auto *row = std::get_if<PlanRow>(&plain), *other = std::get_if<PlanRow>(&turned);
  return other != nullptr && (row == nullptr || better(*other, *row, r.objective)) ? turned : plain;
}

void add_rows(Plan& p, Scenario replica, const std::stop_token& stop) {
  for (const Deployment& d : layouts(replica, p.request.max_gpus)) {
    if (stop.stop_requested()) return;
    replica.deployment = d;
    auto row = outcome(p.request, replica);
    if (auto* serves = std::get_if<PlanRow>(&row))
      p.rows.push_back(std::move(*serves));
    else
      p.failures.push_back(std::move(std::get<PlanFailure>(row)));
  }
}

Objective ranking(const Plan& p) {
  const Objective by = p.request.objective;
  const bool known = std::ranges::any_of(p.rows, [&](const PlanRow& r) { return std::isfinite(rank_key(r, by)); });
  return known ? by : Objective::gpus;
}

void sort_rows(Plan& p) {
  // Of equals the one with most room, then the fastest one.
  const auto key = [&](const PlanRow& r) {
    return std::tuple{rank_key(r, p.ranked_by), static_cast<double>(r.gpus()), -r.capacity_s, r.times.tpot};
  };
  std::ranges::stable_sort(p.rows, {}, key);
}

std::vector<std::size_t> frontier(const Plan& p) {
  const bool priced = std::ranges::any_of(p.rows, [](const PlanRow& r) { return r.usd_hour.has_value(); });
  const auto price = [&](std::size_t i) { return rank_key(p.rows[i], priced ? Objective::cost : Objective::gpus); };
  ParetoFront front;  // of what is saved: money and time
  for (std::size_t i = 0; i < p.rows.size(); ++i)
    if (std::isfinite(price(i))) front.insert({.x = -price(i), .y = -p.rows[i].times.tpot.in(units::s), .point = i});
  std::vector<std::size_t> kept;
  front.each([&](const FrontPoint& best) { kept.push_back(best.point); });
  return kept;
}

/// What front ends look at closely.
std::set<std::size_t> shown_rows(const Plan& p) {
  std::set<std::size_t> shown(p.frontier.begin(), p.frontier.end());
  const auto listed = listed_rows(p);
  shown.insert(listed.begin(), listed.end());
  return shown;
}

bool all_unsupported(const Plan& p) {
  const auto unsupported = [](const PlanFailure& f) { return f.cause == PlanFailure::Cause::unsupported; };
  return p.rows.empty() && std::ranges::all_of(p.failures, unsupported);
}

/// Why an overlap that was asked for could be had in no layout; empty where one could, or none was asked for.
Errors never_overlaps(const Plan& p) {
  Errors why;
  const auto refused = [&](Scenario s) {
    s.overlap = p.request.base.overlap;
    why = overlap_errors(s);
    return !why.empty();
  };
  const bool never = std::ranges::all_of(p.rows, refused, &PlanRow::scenario) &&
                     std::ranges::all_of(p.failures, refused, &PlanFailure::scenario);
  return never ? why : Errors{};
}

Errors distinct_problems(const Plan& p) {
  Errors errors;
  for (const auto& f : p.failures)
    for (const auto& e : f.problems)
      if (std::ranges::find(errors, e) == errors.end()) errors.push_back(e);
  return errors;
}

}  // namespace

double rank_key(const PlanRow& row, Objective by) {
  constexpr double kUnknown = std::numeric_limits<double>::infinity();
  const auto gpus = static_cast<double>(row.gpus());
  switch (by) {
    case Objective::cost:
      return row.usd_hour.value_or(kUnknown);
    case Objective::gpus:
      return gpus;
    case Objective::throughput:
      return gpus / row.capacity_s;
    case Objective::power:
      return row.watts.value_or(kUnknown);
  }
  return kUnknown;
}

std::vector<std::size_t> best_of_each(const Plan& p) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < p.rows.size(); ++i) {
    const Scenario& s = p.rows[i].scenario;
    if (seen.emplace(hardware_id(s.device), weight_label(s.model), s.kv.name).second) best.push_back(i);
  }
  return best;
}

std::vector<std::size_t> listed_rows(const Plan& p) {
  std::set<std::string> devices;
  std::vector<std::size_t> listed;
  for (const std::size_t i : best_of_each(p)) {
    const bool fresh = devices.insert(hardware_id(p.rows[i].scenario.device)).second;
    if (fresh || listed.size() < static_cast<std::size_t>(p.request.examined)) listed.push_back(i);
  }
  return listed;
}

Result<Plan> plan(const PlanRequest& r, const std::stop_token& stop) {
  if (auto errors = plan_errors(r); !errors.empty()) return std::unexpected(std::move(errors));
  Plan p{.request = r};
  Scenario replica = r.base;
  replica.workload.batch.reset();
  replica.workload.requests_s.reset();  // the demand says what comes in
  for (const ModelSpec& model : models(r))
    for (const KvFormat& kv : kv_formats_of(r))
      for (const Device& device : r.devices) {
        replica.model = model;
        replica.kv = kv;
        replica.device = device;
        add_rows(p, replica, stop);
      }
  if (stop.stop_requested()) return fail("plan", "was stopped");
  if (auto refused = never_overlaps(p); !refused.empty()) return std::unexpected(std::move(refused));
  if (all_unsupported(p)) return std::unexpected(distinct_problems(p));
  p.ranked_by = ranking(p);
  sort_rows(p);
  p.frontier = frontier(p);
  for (const std::size_t i : shown_rows(p)) {
    if (stop.stop_requested()) break;
    p.rows[i].robustness = robustness(r, p.rows[i]);
  }
  if (stop.stop_requested()) return fail("plan", "was stopped");
  if (p.rows.empty()) p.nearest = nearest_slos(p);
  p.assumptions = plan_assumptions(p);
  return p;
}

}  // namespace roofcast
