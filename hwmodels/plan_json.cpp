#include "hwmodels/plan_json.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/plan/launch_command.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/weights.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

constexpr int kPlanVersion = 1;

Json request(const PlanRequest& r) {
  const Workload& w = r.base.workload;
  Json devices = Json::array();
  for (const auto& d : r.devices) devices.push_back(hardware_id(d));
  const bool users = r.demand.kind == Demand::Kind::users;
  return {{"model", r.base.model.id},
          {"engine", r.base.engine.id},
          {"hardware", devices},
          {"rps", users ? Json(nullptr) : number_or_null(r.demand.amount)},
          {"users", users ? number_or_null(r.demand.amount) : Json(nullptr)},
          {"isl_tokens", number_or_null(w.isl)},
          {"osl_tokens", number_or_null(w.osl)},
          {"tpot_slo_ms", milliseconds_or_null(w.tpot_slo)},
          {"ttft_slo_ms", milliseconds_or_null(w.ttft_slo)},
          {"percentile", number_or_null(r.percentile)},
          {"headroom", number_or_null(r.headroom)},
          {"n_plus", r.spares},
          {"max_gpus", r.max_gpus},
          {"objective", name(r.objective)}};
}

Json layout(const Scenario& s, std::int64_t replicas) {
  const Deployment& d = s.deployment;
  return {{"hardware", hardware_id(s.device)},
          {"tp", d.tp},
          {"pp", d.pp},
          {"ep", d.ep},
          {"dp", d.dp / replicas},
          {"weight_dtype", weight_label(s.model)},
          {"kv_dtype", s.kv.name},
          {"overlap", name(s.overlap)}};
}

Json times(Seconds time, const TimeRange& range, const std::optional<Seconds>& slo) {
  return {{"ms", milliseconds_or_null(time)},
          {"low_ms", milliseconds_or_null(range.low)},
          {"high_ms", milliseconds_or_null(range.high)},
          {"margin", slo ? number_or_null(1 - time / *slo) : Json(nullptr)}};
}

/// As `estimate --rps` has it.
Json arriving(const PlanRow& row) {
  if (!row.arriving) return nullptr;
  return {{"tpot_ms", milliseconds_or_null(row.arriving->tpot)}, {"ttft_ms", milliseconds_or_null(row.arriving->ttft)}};
}

Json robustness_json(const PlanRow& row) {
  if (row.robustness.gains.empty()) return nullptr;
  Json gains = Json::object();
  for (const auto& g : row.robustness.gains)
    gains[std::string(g.resource)] = {{"gpus", g.gpus}, {"capacity_ratio", number_or_null(g.capacity)}};
  const auto worst = row.robustness.gpus_at_worst;
  const auto holds = row.holds_at_worst();
  return {{"gpus_at_worst", worst && *worst > 0 ? Json(*worst) : Json(nullptr)},
          {"holds_at_worst", holds ? Json(*holds) : Json(nullptr)},
          {"with_10_percent_more", gains}};
}

Json plan_row_json(const Plan& p, std::size_t i) {
  const PlanRow& row = p.rows[i];
  const Workload& w = p.request.base.workload;
  Json steps = Json::array();
  for (const auto& s : arithmetic(p.request, row))
    steps.push_back({{"what", s.what}, {"value", s.value}, {"from", s.from}});
  return {{"rank", i + 1},
          {"layout", layout(row.scenario, row.replicas)},
          {"replicas", row.replicas},
          {"spares", row.spares},
          {"replica_gpus", row.replica_gpus()},
          {"gpus", row.gpus()},
          {"in_flight", number_or_null(row.in_flight)},
          {"batch", number_or_null(row.peak)},
          {"max_batch", number_or_null(row.limit.batch)},
          {"binding", name(row.limit.binding)},
          {"tpot", times(row.times.tpot, row.times.tpot_range, w.tpot_slo)},
          {"ttft", times(row.times.ttft, row.times.ttft_range, w.ttft_slo)},
          {"arriving", arriving(row)},
          {"grade", name(row.grade)},
          {"requests_s", number_or_null(row.requests_s)},
          {"capacity_requests_s", number_or_null(row.capacity_s)},
          {"tokens_s", number_or_null(row.tokens_s)},
          {"usd_hour", number_or_null(row.usd_hour)},
          {"usd_mtok_output", number_or_null(row.usd_mtok)},
          {"power_w", number_or_null(row.watts)},
          {"on_frontier", std::ranges::find(p.frontier, i) != p.frontier.end()},
          {"robustness", robustness_json(row)},
          {"arithmetic", steps},
          {"command", fmt::format("{}", fmt::join(launch_words(row, hub_id(p.request.base.model)), " "))},
          {"command_notes", launch_notes(p.request, row)},
          {"used_gpus", row.used_gpus()},
          {"units", row.bought().units > 0 ? Json(row.bought().units) : Json(nullptr)}};
}

Json failure_json(const Plan& p, const PlanFailure& f) {
  return {{"layout", layout(f.scenario, 1)},
          {"cause", name(f.cause)},
          {"reason", failure_text(p.request, f)},
          {"best_tpot_ms", milliseconds_or_null(f.best ? std::optional{f.best->tpot} : std::nullopt)},
          {"best_ttft_ms", milliseconds_or_null(f.best ? std::optional{f.best->ttft} : std::nullopt)},
          {"most_demand", number_or_null(f.most_demand)}};
}

Json nearest_json(const Plan& p, const NearestSlo& n) {
  return {{"flags", nearest_flags(p, n)},
          {"tpot_ms", milliseconds_or_null(n.times.tpot)},
          {"ttft_ms", milliseconds_or_null(n.times.ttft)},
          {"layout", layout(p.failures[n.failure].scenario, 1)}};
}

}  // namespace

std::string plan_json(const Plan& p) {
  Json plans = Json::array(), failures = Json::array(), nearest = Json::array();
  for (std::size_t i = 0; i < p.rows.size(); ++i) plans.push_back(plan_row_json(p, i));
  for (const auto& f : p.failures) failures.push_back(failure_json(p, f));
  for (const auto& n : p.nearest) nearest.push_back(nearest_json(p, n));
  const Verdict v = verdict(p);
  return json_text({{"schema_version", kPlanVersion},
                    {"request", request(p.request)},
                    {"answer", {{"yes", v.yes}, {"sentence", v.sentence}, {"ranked_by", name(p.ranked_by)}}},
                    {"plans", plans},
                    {"nearest_slos", nearest},
                    {"failures", failures},
                    {"assumptions", p.assumptions}});
}

}  // namespace roofcast
