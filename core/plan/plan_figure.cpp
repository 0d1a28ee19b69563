#include "core/plan/plan_figure.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/chart/pareto_figure.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/verdict.hpp"

namespace roofcast {

Figure plan_figure(const Plan& p) {
  std::vector<std::string> devices;
  std::vector<ParetoPoint> points;
  for (const auto& row : p.rows) {
    const auto& device = hardware_name(row.scenario.device);
    auto at = std::ranges::find(devices, device);
    if (at == devices.end()) at = devices.insert(at, device);
    points.push_back({.variant = device,
                      .style = static_cast<int>(at - devices.begin()),
                      .load = "demand",
                      .tokens_s_user = units::s / row.times.tpot,
                      .tokens_s_gpu = row.tokens_s / static_cast<double>(row.gpus()),
                      .usd_mtok = row.usd_mtok,
                      .grade = row.grade,
                      .text = fmt::format("{} x {}", row.replicas, layout_text(row.scenario, row.replicas))});
  }
  const PlanRequest& r = p.request;
  return pareto_figure(points, {.title = fmt::format("Deployments of {} that serve {}", r.base.model.name,
                                                     demand_text(r.demand, r.demand.amount)),
                                .subtitle = fmt::format("{}, {}", length_text(r.base.workload), r.base.engine.name),
                                .tpot_slo = r.base.workload.tpot_slo});
}

}  // namespace roofcast
