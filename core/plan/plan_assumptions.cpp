#include "core/plan/plan_assumptions.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assumptions.hpp"
#include "core/plan/plan_verdict.hpp"

namespace roofcast {
namespace {

std::string load_rule(const PlanRequest& r) {
  if (r.demand.kind == Demand::Kind::users)
    return "every user has one request under way at all times, and users are spread evenly over replicas; users whose "
           "prompt is being read make no tokens meanwhile, so that tokens/s are below estimate's for as many that all "
           "decode" +
           std::string(r.percentile ? ": their number does not vary, so that the percentile changes nothing" : "");
  const auto little = fmt::format(
      "requests under way = requests/s x (TTFT + OSL x TPOT), Little's law; SLOs are kept as well when prompts arrive "
      "at "
      "random and queue, as estimate --rps has it");
  if (!r.percentile) return little + "; no percentile is asked for: the mean TTFT keeps its SLO";
  return fmt::format(
      "{}; arrivals are Poisson and spread at random, so that the number under way on each DP rank is Poisson, and a "
      "request's times are those of the number it meets: {:.4g}% of requests meet no more than what the times are for",
      little, 100 * *r.percentile);
}

std::string memory_rule(const Workload& w) {
  if (!w.isl_lengths && !w.osl_lengths)
    return "every sequence may reach ISL + OSL: memory is never overcommitted, nothing is preempted";
  return fmt::format(
      "memory is kept for {:.0f} tokens a sequence: when many longer ones meet, some are preempted; engines are told "
      "to "
      "admit {:.0f}, the longest that was counted or 99.9% of a lognormal law, or what the model was made for",
      w.full_length(), w.longest_length());
}

void add_price_rule(std::vector<std::string>& a, const Plan& p) {
  std::vector<std::string> unpriced;
  for (const auto& d : p.request.devices)
    if (d.price_usd_hour <= 0 && !p.request.base.price_usd_hour) unpriced.push_back(hardware_name(d));
  if (p.ranked_by != p.request.objective)
    a.push_back(fmt::format("no {} is known of any device that serves: ranked by GPUs instead",
                            p.request.objective == Objective::power ? "power" : "price"));
  else if (!unpriced.empty() && p.request.objective == Objective::cost)
    a.push_back(fmt::format("no price is known of {}: ranked last", fmt::join(unpriced, ", ")));
}

/// Roofs are a lower bound: devices that were never measured look better than they are.
void add_grade_rule(std::vector<std::string>& a, const Plan& p) {
  std::vector<std::string> roofs;
  bool fitted = false;
  for (const auto& row : p.rows) {
    const auto& name = hardware_name(row.scenario.device);
    if (row.grade != Grade::theoretical)
      fitted = true;
    else if (std::ranges::find(roofs, name) == roofs.end())
      roofs.push_back(name);
  }
  if (fitted && !roofs.empty())
    a.push_back(fmt::format(
        "times of {} are datasheet roofs, faster than any real run: do not rank them against fitted ones as they stand",
        fmt::join(roofs, ", ")));
}

}  // namespace

std::vector<std::string> plan_assumptions(const Plan& p) {
  const PlanRequest& r = p.request;
  std::vector<std::string> a{load_rule(r)};
  if (r.headroom > 0)
    a.push_back(
        fmt::format("replicas are for {:.4g}% more than the demand; $/Mtok is at the demand itself", 100 * r.headroom));
  if (r.spares > 0)
    a.push_back(fmt::format("SLOs hold while {} replica{} down; spares are paid for and take load while all are up",
                            r.spares, r.spares == 1 ? " is" : "s are"));
  if (!p.rows.empty()) add_price_rule(a, p);
  add_grade_rule(a, p);
  if (std::ranges::any_of(r.devices, [](const Device& d) { return d.system.has_value(); }))
    a.push_back(
        "systems are bought whole: GPUs, $/h and W are those of whole units, which several replicas may share; no "
        "replica lies in two units unless it is larger than one");
  if (r.base.overlap != Overlap::none)
    a.push_back("halves of the batch take turns only where a layout gains from it: column overlap of --csv");
  a.push_back(memory_rule(r.base.workload));
  if (p.rows.empty()) return a;
  std::ranges::copy(assumptions(p.rows.front().scenario, p.rows.front().peak), std::back_inserter(a));
  return a;
}

}  // namespace roofcast
