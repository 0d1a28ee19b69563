#include "core/plan/plan_row.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/plan/layouts.hpp"
#include "core/price.hpp"

namespace roofcast {
namespace {

using Cause = PlanFailure::Cause;

/// What one sequence lacks on the tightest device.
PlanFailure memory_failure(const CompiledScenario& c, const Scenario& s) {
  const double full = s.workload.full_length();
  const StageMemory& tight = tightest_stage(c, full);
  const MemoryBudget& m = tight.budget;
  if (!m.weights_fit()) return {.scenario = s, .cause = Cause::weights, .missing = m.weights + m.overhead - m.usable};
  const Bytes need = allocated_per_sequence(tight.layout, full);
  return {.scenario = s, .cause = Cause::cache, .missing = std::max(Bytes{}, need - m.kv_pool)};
}

std::int64_t most_replicas(const PlanRequest& r, const Scenario& replica) {
  return replicas_within(replica.device, replica.deployment.gpus(), r.max_gpus) - r.spares;
}

/// The fastest that the layout gets with all the devices that there may be, and how much it serves within the limit.
void add_what_works(PlanFailure& f, const CompiledScenario& c, const PlanRequest& r, const Sizing& s) {
  const std::int64_t most = most_replicas(r, f.scenario);
  if (most < 1) return;
  const bool users = r.demand.kind == Demand::Kind::users;
  if (s.limit.batch >= 1) {
    const double each = users ? c.deployment.dp * s.most_mean : s.requests_s;
    f.most_demand = static_cast<double>(most) * each / (1 + r.headroom);
  }
  const double mean = mean_load(c, r, most);
  if (!std::isfinite(mean)) return;
  const Workload& w = r.base.workload;
  const double peak = peak_load(r, mean);
  if (peak > max_sequences(c, w.full_length())) return;
  f.best = felt_times(c, w, peak);
  if (users) return;
  const FeltTimes arriving = arrival_times(c, r, r.planned() / static_cast<double>(most), std::max(1.0, peak));
  f.best = {.tpot = std::max(f.best->tpot, arriving.tpot), .ttft = std::max(f.best->ttft, arriving.ttft)};
  if (!std::isfinite(f.best->ttft.in(units::s))) f.best.reset();
}

PlanFailure failure(const CompiledScenario& c, const PlanRequest& r, const Scenario& replica, const Sizing& s) {
  if (s.limit.batch < 1 && s.limit.binding == Limit::memory) return memory_failure(c, replica);
  PlanFailure f{.scenario = replica, .cause = Cause::gpus};
  if (s.limit.batch < 1)
    f.cause = s.limit.binding == Limit::tpot ? Cause::tpot : Cause::ttft;
  else
    f.gpus = purchase(replica.device, replica.deployment.gpus(), s.replicas + r.spares).gpus;
  add_what_works(f, c, r, s);
  return f;
}

void add_cost(PlanRow& row) {
  const auto gpus = static_cast<double>(row.gpus());
  if (const auto usd = price(row.scenario)) {
    row.usd_hour = *usd * gpus;
    row.usd_mtok = usd_mtok(*row.usd_hour, row.tokens_s);
  }
  if (row.scenario.device.tdp_watts > 0) row.watts = row.scenario.device.tdp_watts * gpus;
}

}  // namespace

std::string_view name(PlanFailure::Cause cause) {
  switch (cause) {
    case Cause::unsupported:
      return "unsupported";
    case Cause::weights:
      return "weights";
    case Cause::cache:
      return "cache";
    case Cause::tpot:
      return "tpot";
    case Cause::ttft:
      return "ttft";
    case Cause::gpus:
      return "gpus";
  }
  return "";
}

std::optional<bool> PlanRow::holds_at_worst() const {
  if (!robustness.gpus_at_worst) return {};
  return *robustness.gpus_at_worst > 0 && *robustness.gpus_at_worst <= gpus();
}

std::variant<PlanRow, PlanFailure> plan_row(const PlanRequest& r, const Scenario& replica) {
  Errors errors = engine_errors(replica.engine, replica.device);
  for (auto& e : scenario_errors(replica)) errors.push_back(std::move(e));
  if (!errors.empty()) return PlanFailure{.scenario = replica, .problems = std::move(errors)};
  const CompiledScenario c = compile(replica);
  const Workload& w = r.base.workload;
  const Sizing s = sizing(c, r);
  if (s.replicas == 0 || s.replicas > most_replicas(r, replica)) return failure(c, r, replica, s);

  const auto replicas = static_cast<double>(s.replicas);
  PlanRow row{.scenario = replica,
              .replicas = s.replicas,
              .spares = r.spares,
              .limit = s.limit,
              .most_mean = s.most_mean,
              .replica_requests_s = s.requests_s,
              .queue_binds = s.queue_binds};
  row.at_limit = felt_times(c, w, std::max(1.0, s.most_mean));
  row.scenario.deployment.dp *= static_cast<int>(s.replicas);
  row.in_flight = std::min(mean_load(c, r, s.replicas), s.most_mean);
  row.peak = std::clamp(peak_load(r, row.in_flight), 1.0, s.limit.batch);
  row.scenario.workload.batch = static_cast<int>(row.peak);
  row.times = serving_times(c, w, row.peak);
  row.grade = time_grade(c, row.peak, w.full_length());
  row.capacity_s = replicas * s.requests_s;
  if (r.demand.kind == Demand::Kind::requests)
    row.arriving = arrival_times(c, r, r.planned() / replicas, s.limit.batch);
  row.requests_s = r.demand.kind == Demand::Kind::requests
                       ? r.demand.amount
                       : requests_per_second(c, w, s.replicas, row.in_flight / (1 + r.headroom));
  row.tokens_s = row.requests_s * *w.osl;
  add_cost(row);
  return row;
}

}  // namespace roofcast
