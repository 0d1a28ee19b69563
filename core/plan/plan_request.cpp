#include "core/plan/plan_request.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace roofcast {

Errors plan_errors(const PlanRequest& r) {
  Errors errors = workload_errors(r.base.workload);
  const auto add = [&](std::string where, std::string what, std::string hint = {}) {
    errors.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
  };
  if (r.base.workload.context) add("--context", "is no load over time", "give --isl and --osl");
  if (r.devices.empty()) add("--hardware", "missing", "e.g. --hardware h100-sxm,h200-sxm");
  const char* demand = r.demand.kind == Demand::Kind::users ? "--users" : "--rps";
  if (!(r.demand.amount > 0) || r.demand.amount > kMostDemand)
    add(demand, fmt::format("{} is not a demand above 0 and up to {:g}", r.demand.amount, kMostDemand));
  if (!(r.headroom >= 0) || !std::isfinite(r.headroom))
    add("--headroom", fmt::format("{} is no share from 0 on", r.headroom), "e.g. --headroom 20%");
  if (r.percentile && !(*r.percentile > 0 && *r.percentile < 1))
    add("--percentile", fmt::format("{} is not between 0 and 1", *r.percentile), "e.g. --percentile p90");
  if (r.spares < 0) add("--n-plus", fmt::format("{} is no count of replicas", r.spares));
  if (r.max_gpus < 1 || r.max_gpus > kMostRanks)
    add("--max-gpus", fmt::format("{} is not a count between 1 and {}", r.max_gpus, kMostRanks));
  return errors;
}

}  // namespace roofcast
