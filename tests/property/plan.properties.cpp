#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <catch2/catch.hpp>

#include "core/plan/layouts.hpp"
#include "core/plan/nearest_slo.hpp"
#include "core/plan/plan.hpp"
#include "core/plan/robustness.hpp"
#include "core/value_literal.hpp"
#include "tests/support/plan_requests.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

using Cut = std::tuple<int, int, int, int>;

Cut cut(const Deployment& d, std::int64_t replicas) {
  return {d.tp, d.pp, d.ep, static_cast<int>(d.dp / replicas)};
}

/// Four layers, so that there are pipelines; a demand and SLOs around what one device does.
PlanRequest random_request(int seed) {
  Dice dice(seed);
  PlanRequest r = toy_request(dice.between(1, 200) * 0.1);
  r.base.model = toy_model(dice.one_of({1, 2, 4}));
  r.base.model.layers = {0, 0, 0, 0};
  r.devices.front().memory = dice.between(50, 400) * 1000.0 * units::byte;
  if (dice.coin()) r.base.workload.tpot_slo = dice.between(20, 200) * units::ms;
  if (dice.coin()) r.base.workload.ttft_slo = dice.between(10, 3000) * units::ms;
  r.max_gpus = dice.one_of({4, 16, 64});
  r.headroom = dice.one_of({0.0, 0.3});
  r.spares = dice.one_of({0, 0, 1});
  if (dice.between(0, 3) == 0) r.demand = {Demand::Kind::users, static_cast<double>(dice.between(1, 60))};
  if (dice.between(0, 3) == 0)
    r.devices.front().system = System{.id = "box", .name = "Box", .devices = dice.one_of({2, 4, 6, 8})};
  return r;
}

/// Devices that are bought when replicas are put into units one after the other (F8).
std::int64_t bought_by_placing(const Device& device, std::int64_t replica_gpus, std::int64_t replicas) {
  if (!device.system) return replica_gpus * replicas;
  std::int64_t units = 0, free = 0;
  for (std::int64_t i = 0; i < replicas; ++i) {
    if (free < replica_gpus) free = 0;  // none lies in two units unless it has to
    while (free < replica_gpus) {
      ++units;
      free += device.system->devices;
    }
    free -= replica_gpus;
    if (replica_gpus > device.system->devices) free = 0;  // what it leaves of its last unit, nobody takes
  }
  return units * device.system->devices;
}

/// What `roofcast estimate --rps` says of so many replicas that take no more than `batch` each.
bool keeps_arriving(Scenario replica, const PlanRequest& r, std::int64_t replicas, double batch) {
  replica.deployment.dp *= static_cast<int>(replicas);
  replica.workload.requests_s = r.planned();
  replica.workload.batch = static_cast<int>(batch);
  const Estimate e = estimate(replica).value();
  return e.fits && e.meets_slos;
}

/// The fewest replicas of a layout, by trying every number of them with every batch; 0: none serves.
std::int64_t replicas_by_trial(const PlanRequest& r, const Scenario& replica) {
  const CompiledScenario c = compile(replica);
  const Workload& w = r.base.workload;
  const auto held = static_cast<int>(std::min(2000.0, max_sequences(c, w.full_length())));
  const double demand = r.demand.amount * (1 + r.headroom);
  const bool users = r.demand.kind == Demand::Kind::users;
  const double limit = rank_limit(c, w).batch;
  const auto bought = [&](std::int64_t n) {
    return bought_by_placing(replica.device, replica.deployment.gpus(), n + r.spares);
  };
  for (std::int64_t n = 1; bought(n) <= r.max_gpus; ++n)
    for (int batch = 1; batch <= held; ++batch) {
      const FeltTimes t = felt_times(c, w, batch);
      if (w.tpot_slo && t.tpot > *w.tpot_slo) continue;
      if (w.ttft_slo && t.ttft > *w.ttft_slo) continue;
      const double under_way = static_cast<double>(n * replica.deployment.dp) * batch;
      const double served = users ? under_way : under_way / (t.ttft + *w.osl * t.tpot).in(units::s);
      if (served < demand * (1 - 1e-9)) continue;
      if (users || keeps_arriving(replica, r, n, limit)) return n;
      break;
    }
  return 0;
}

}  // namespace

TEST_CASE("the search finds what trying every batch and every number of replicas finds (F5)",
          "[core][plan][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  const PlanRequest r = random_request(seed);
  const Plan p = plan(r).value();
  std::map<Cut, std::int64_t> found;
  for (const auto& row : p.rows) found[cut(row.scenario.deployment, row.replicas)] = row.replicas;

  Scenario replica = r.base;
  replica.device = r.devices.front();
  const auto all = layouts(replica, r.max_gpus);
  CHECK(p.rows.size() + p.failures.size() == all.size());
  std::int64_t fewest = 0;
  for (const Deployment& d : all) {
    replica.deployment = d;
    CAPTURE(d.tp, d.pp);
    const auto n = replicas_by_trial(r, replica);
    const auto at = found.find(cut(d, 1));
    CHECK((at == found.end() ? 0 : at->second) == n);
    const auto gpus = bought_by_placing(replica.device, d.gpus(), n + r.spares);
    if (n > 0 && (fewest == 0 || gpus < fewest)) fewest = gpus;
  }
  if (fewest > 0) CHECK(p.rows.front().gpus() == fewest);  // no prices: ranked by devices
}

TEST_CASE("estimate agrees with every plan, and one replica less does not serve (F5)", "[core][plan][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  const PlanRequest r = random_request(seed);
  const Plan p = plan(r).value();
  for (const PlanRow& row : p.rows) {
    CAPTURE(row.replicas, row.peak, row.scenario.deployment.tp);
    const Estimate e = estimate(row.scenario).value();
    CHECK(e.fits);
    CHECK(e.meets_slos);
    CHECK(e.serving->tpot == row.times.tpot);
    CHECK(e.serving->ttft == row.times.ttft);
    CHECK(e.scenario.deployment.gpus() == row.replica_gpus() * row.replicas);
    CHECK(row.gpus() <= r.max_gpus);
    if (row.replicas == 1) continue;
    const auto fewer = row.replicas - 1;
    if (r.demand.kind == Demand::Kind::users)
      CHECK(static_cast<double>(fewer) * row.limit.batch < r.planned());
    else
      CHECK(static_cast<double>(fewer) * row.replica_requests_s < r.planned());
  }
}

TEST_CASE("estimate --rps agrees with every plan for requests, at the percentile too (F5)", "[core][plan][property]") {
  const int seed = GENERATE(range(0, 60));
  const bool percentile = GENERATE(false, true);
  CAPTURE(seed, percentile);
  PlanRequest r = random_request(seed);
  r.demand = {.amount = Dice(seed + 500).between(1, 200) * 0.1};
  r.base.workload.ttft_slo = Dice(seed + 600).between(20, 2000) * units::ms;
  if (percentile) r.percentile = 0.9;
  const Plan p = plan(r).value();
  for (const PlanRow& row : p.rows) {
    CAPTURE(row.replicas, row.scenario.deployment.tp);
    Scenario s = row.scenario;
    s.workload.requests_s = r.planned();
    s.workload.batch = static_cast<int>(row.limit.batch);
    const Estimate e = estimate(s).value();
    CHECK(e.fits);
    CHECK(e.meets_slos);
    REQUIRE(row.arriving);
    CHECK(row.arriving->ttft.in(units::s) ==
          Approx((percentile ? e.arrivals->ttft_p90 : e.arrivals->ttft).in(units::s)));
    CHECK(row.arriving->ttft <= *r.base.workload.ttft_slo);
  }
}

TEST_CASE("the SLO that is said to work works when it is asked for (F7)", "[core][plan][property]") {
  const int seed = GENERATE(range(0, 80));
  CAPTURE(seed);
  PlanRequest r = random_request(seed);
  r.base.workload.tpot_slo = Dice(seed).one_of({1e-3, 5e-3, 20e-3}) * units::s;
  if (Dice(seed + 1000).coin()) r.base.workload.ttft_slo = 1 * units::ms;
  if (seed % 3 == 0 && r.demand.kind == Demand::Kind::requests) r.percentile = 0.9;
  const Plan p = plan(r).value();
  for (const NearestSlo& n : p.nearest) {
    PlanRequest asked = r;
    // As printed, read back as a flag is.
    const auto read = [](Seconds t) { return parse_literal("", slo_flag(t), ValueKind::time)->value() * units::s; };
    if (!n.ttft_alone) asked.base.workload.tpot_slo = read(n.times.tpot);
    if (!n.tpot_alone && asked.base.workload.ttft_slo) asked.base.workload.ttft_slo = read(n.times.ttft);
    CHECK_FALSE(plan(asked)->rows.empty());
    if (!n.tpot_alone) continue;
    asked.base.workload.tpot_slo = 0.999 * n.times.tpot;  // the smallest there is
    CHECK(plan(asked)->rows.empty());
  }
}

TEST_CASE("every layout divides the model and stays within the devices there may be (F1)", "[core][plan][property]") {
  const int seed = GENERATE(range(0, 60));
  const int most = GENERATE(1, 3, 8, 40);
  CAPTURE(seed, most);
  const Scenario s = random_scenario(seed);
  auto list = layouts(s, most);
  for (const Deployment& d : list) {
    CHECK(deployment_errors(s.model, d).empty());
    CHECK(d.gpus() <= most);
    CHECK((d.ep == 1 ? d.dp == 1 : d.ep == d.tp * d.dp));
  }
  for (auto d = list.begin(); d != list.end(); ++d) CHECK(std::find(std::next(d), list.end(), *d) == list.end());
}

TEST_CASE("more of a resource never takes more GPUs, the slow end never fewer (F6)", "[core][plan][property]") {
  const int seed = GENERATE(range(0, 40));
  CAPTURE(seed);
  PlanRequest r = random_request(seed);
  r.examined = 100;
  r.base.engine.serving = {{.engine = "toy-engine",
                            .hardware = {"toy-device"},
                            .range = {.most_gpus = 1, .most_batch = 8, .most_tokens = 1000},
                            .small_batch = {.low = 0.8, .high = 1.2},
                            .large_batch = {.low = 0.7, .high = 1.4},
                            .first_token = {.low = 0.5, .high = 2}}};
  const Plan p = plan(r).value();
  for (const PlanRow& row : p.rows) {
    if (row.robustness.gains.empty()) continue;
    for (const auto& gain : row.robustness.gains) {
      CAPTURE(gain.resource);
      CHECK(gain.gpus <= row.gpus());
      CHECK(gain.capacity >= 1 - 1e-9);
    }
    REQUIRE(row.robustness.gpus_at_worst.has_value());
    CHECK((*row.robustness.gpus_at_worst == 0 || *row.robustness.gpus_at_worst >= row.gpus()));
    CHECK(row.holds_at_worst() == (*row.robustness.gpus_at_worst == row.gpus()));
  }
}
