#include "core/plan/plan_verdict.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/plan/nearest_slo.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"

namespace roofcast {
namespace {

std::string amount(double value) {
  return value >= 999.5 ? with_thousands(std::round(value)) : fmt::format("{:.3g}", value);
}

/// Of TTFT + OSL x TPOT.
Seconds residence(const Workload& w, const FeltTimes& t) {
  return t.ttft + *w.osl * t.tpot;
}

std::string limit_text(const RankLimit& l) {
  return l.binding == Limit::memory ? std::string("memory binds") : fmt::format("--{} binds", name(l.binding));
}

std::string in_full(std::int64_t n) {
  return with_thousands(static_cast<double>(n));
}

/// "3 x 8 = 24 = 3 x dgx-h200", "3 x 4 = 12; 2 to a unit: 2 x dgx-h200 = 16 GPUs"
std::string replicas_text(const PlanRow& row) {
  const auto all = row.spares > 0 ? fmt::format("({} + {} spare)", row.replicas, row.spares) : in_full(row.replicas);
  auto text = fmt::format("{} x {} = {}", all, in_full(row.replica_gpus()), in_full(row.used_gpus()));
  const Purchase p = row.bought();
  if (p.units == 0) return text;
  const auto units = fmt::format("{} x {}", in_full(p.units), row.scenario.device.system->id);
  if (p.gpus == row.used_gpus()) return text + " = " + units;
  if (p.replicas_per_unit > 0) text += fmt::format("; {} to a unit", in_full(p.replicas_per_unit));
  return text + fmt::format(": {} = {} GPUs", units, in_full(p.gpus));
}

/// "6 B200 SXM (3 replicas, each tp 2)", "2 x DGX H200 (16 GPUs: 3 replicas, each tp 4)"
std::string deployed_text(const PlanRow& row) {
  const Scenario& s = row.scenario;
  const auto all = static_cast<double>(row.replicas + row.spares);
  auto cut = layout_text(s, row.replicas);
  if (all > 1) cut = fmt::format("{}, each {}", counted(all, "replica"), cut);
  const Purchase p = row.bought();
  if (p.units == 0) return fmt::format("{} ({})", hardware_text(static_cast<double>(p.gpus), s.device), cut);
  return fmt::format("{} x {} ({}: {})", in_full(p.units), s.device.system->name,
                     counted(static_cast<double>(p.gpus), noun(s.device.device_class)), cut);
}

std::string slo_against(std::string_view what, Seconds time, const std::optional<Seconds>& slo) {
  if (!slo) return fmt::format("{} {}", what, format_seconds(time));
  return fmt::format("{} {} of {}", what, format_seconds(time), format_seconds(*slo));
}

std::string arriving_ttft(const PlanRequest& r, const PlanRow& row) {
  return fmt::format("{} {}", arrivals_word(r), format_seconds(row.arriving->ttft));
}

std::string money(double usd) {
  return usd >= 999.5 ? with_thousands(std::round(usd)) : fmt::format("{:#.3g}", usd);
}

std::string best_row(const Plan& p) {
  const PlanRow& row = p.rows.front();
  const Scenario& s = row.scenario;
  const Workload& w = p.request.base.workload;
  const bool one = row.gpus() == 1 || row.bought().units == 1;
  auto text =
      fmt::format("{} serve{} {} of {} with {}: {}, {}", deployed_text(row), one ? "s" : "",
                  demand_text(p.request.demand, p.request.demand.amount), length_text(w), s.model.name,
                  slo_against("TPOT", row.times.tpot, w.tpot_slo), slo_against("TTFT", row.times.ttft, w.ttft_slo));
  if (row.arriving)
    text += fmt::format(" at fixed concurrency, {} when they arrive at random", arriving_ttft(p.request, row));
  if (row.usd_hour) text += fmt::format("; {:.2f} USD/h", *row.usd_hour);
  if (row.usd_mtok) text += fmt::format(", {} USD per million output tokens", money(*row.usd_mtok));
  return text + fmt::format(" ({})", name(row.grade)) + beyond_declared(s);
}

std::string where_it_works(const Plan& p, const NearestSlo& n) {
  const Scenario& s = p.failures[n.failure].scenario;
  return fmt::format("{} ({})", hardware_name(s.device), layout_text(s, 1));
}

/// " and keeps --tpot 8.00 ms"; empty without SLOs.
std::string and_keeps(const Workload& w) {
  std::string text;
  if (w.tpot_slo) text += " and keeps --tpot " + format_seconds(*w.tpot_slo);
  if (w.ttft_slo)
    text += fmt::format("{} --ttft {}", text.empty() ? " and keeps" : " and", format_seconds(*w.ttft_slo));
  return text;
}

/// What the devices that there may be would serve; no more than two decimals, never more than they do.
std::string served_text(const PlanRequest& r, double most) {
  return demand_text(r.demand, std::floor(most * 100) / 100);
}

std::string none_serves(const Plan& p) {
  const PlanRequest& r = p.request;
  const Workload& w = r.base.workload;
  auto text = fmt::format("none of {} serves {} of {}{}", counted(static_cast<double>(p.failures.size()), "layout"),
                          demand_text(r.demand, r.demand.amount), length_text(w), and_keeps(w));
  for (std::size_t i = 0; i < p.nearest.size(); ++i)
    text += fmt::format("{} {} would be kept on {}", i == 0 ? "; the least that works:" : ", or",
                        nearest_flags(p, p.nearest[i]), where_it_works(p, p.nearest[i]));
  if (!p.nearest.empty()) return text;
  const auto served = [](const PlanFailure& f) { return f.most_demand.value_or(0); };
  const auto most = std::ranges::max_element(p.failures, {}, served);
  if (!most->most_demand) return text + "; no SLO would help";
  const Scenario& replica = most->scenario;
  const auto held = replicas_within(replica.device, replica.deployment.gpus(), r.max_gpus);
  const Purchase all = purchase(replica.device, replica.deployment.gpus(), held);
  return text + fmt::format("; {} ({} each) would serve {} at most",
                            hardware_text(static_cast<double>(all.gpus), replica.device), layout_text(replica, 1),
                            served_text(r, *most->most_demand));
}

}  // namespace

std::string arrivals_word(const PlanRequest& r) {
  return r.percentile ? fmt::format("p{:.4g}", 100 * *r.percentile) : "mean";
}

const std::string& hardware_name(const Device& device) {
  return device.system ? device.system->name : device.name;
}

std::string hardware_text(double devices, const Device& device) {
  if (!device.system) return fmt::format("{} {}", with_thousands(devices), device.name);
  return fmt::format("{} of {}", counted(devices, noun(device.device_class)), device.system->name);
}

std::string layout_text(const Scenario& s, std::int64_t replicas) {
  Deployment d = s.deployment;
  d.dp = static_cast<int>(d.dp / replicas);
  std::string text;
  for (const auto& [word, value] : {std::pair{"tp", d.tp}, {"pp", d.pp}, {"dp", d.dp}, {"ep", d.ep}})
    if (value > 1) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", word, value);
  return text.empty() ? fmt::format("1 {}", noun(s.device.device_class)) : text;
}

std::string demand_text(const Demand& d, double value) {
  if (d.kind == Demand::Kind::users) return counted(std::ceil(value * (1 - 1e-9)), "user");
  return amount(value) + " request" + (value == 1 ? "" : "s") + "/s";
}

std::vector<ArithmeticStep> arithmetic(const PlanRequest& r, const PlanRow& row) {
  const Workload& w = r.base.workload;
  const bool users = r.demand.kind == Demand::Kind::users;
  const double ranks = static_cast<double>(row.scenario.deployment.dp) / static_cast<double>(row.replicas);
  const double held = ranks * row.most_mean;
  std::vector<ArithmeticStep> steps;
  if (r.headroom > 0)
    steps.push_back({"planned for", demand_text(r.demand, r.planned()),
                     fmt::format("{} + {:.3g}% headroom", amount(r.demand.amount), 100 * r.headroom)});
  auto from = fmt::format("at most {}, {}", counted(row.limit.batch, "request"), limit_text(row.limit));
  if (row.most_mean < row.limit.batch)
    from += fmt::format("; p{:.4g} of a mean of {}", 100 * r.percentile.value_or(0), amount(row.most_mean));
  if (ranks > 1) from += fmt::format("; {} DP ranks", amount(ranks));
  steps.push_back({"a replica holds", amount(held) + " under way", from});
  double served = held;
  if (!users) {
    const Seconds stay = residence(w, row.at_limit);
    const double ended = held / stay.in(units::s);
    steps.push_back({"each stays", format_seconds(stay),
                     fmt::format("TTFT {} + {} x TPOT {}", format_seconds(row.at_limit.ttft), with_thousands(*w.osl),
                                 format_seconds(row.at_limit.tpot))});
    steps.push_back({"a replica ends", fmt::format("{} requests/s", amount(ended)),
                     fmt::format("{} / {}", amount(held), format_seconds(stay))});
    served = row.replica_requests_s;
    if (row.queue_binds)
      steps.push_back({"a replica takes", fmt::format("{} requests/s", amount(served)),
                       "at random times: with more, prompts queue too long"});
  }
  steps.push_back(
      {"replicas", with_thousands(static_cast<double>(row.replicas)),
       fmt::format("{} / {} = {}, rounded up", amount(r.planned()), amount(served), amount(r.planned() / served))});
  if (row.arriving)
    steps.push_back(
        {"arriving at random", fmt::format("TTFT {}", format_seconds(row.arriving->ttft)),
         fmt::format("{}, as estimate --rps has it; TPOT {}", arrivals_word(r), format_seconds(row.arriving->tpot))});
  steps.push_back(
      {fmt::format("{}s", noun(row.scenario.device.device_class)), in_full(row.gpus()), replicas_text(row)});
  return steps;
}

std::string failure_text(const PlanRequest& r, const PlanFailure& f) {
  using Cause = PlanFailure::Cause;
  const Workload& w = r.base.workload;
  const auto at_best = [&](std::string_view what, Seconds FeltTimes::*time, const std::optional<Seconds>& slo) {
    const auto flag = fmt::format("--{} {}", what == "TPOT" ? "tpot" : "ttft", format_seconds(*slo));
    if (!f.best) return fmt::format("not one request keeps {}", flag);
    return fmt::format("{} is {} at best, above {}", what, format_seconds((*f.best).*time), flag);
  };
  switch (f.cause) {
    case Cause::unsupported:
      return f.problems.empty() ? std::string("unsupported") : f.problems.front().what;
    case Cause::weights:
      return fmt::format("weights do not fit: {} short per {}", format_bytes(f.missing),
                         noun(f.scenario.device.device_class));
    case Cause::cache:
      return fmt::format("not one sequence of {} tokens fits: {} short per {}", with_thousands(w.full_length()),
                         format_bytes(f.missing), noun(f.scenario.device.device_class));
    case Cause::tpot:
      return at_best("TPOT", &FeltTimes::tpot, w.tpot_slo);
    case Cause::ttft:
      return at_best("TTFT", &FeltTimes::ttft, w.ttft_slo);
    case Cause::gpus: {
      auto text = fmt::format("needs {}, above --max-gpus {}", counted(static_cast<double>(f.gpus), "GPU"), r.max_gpus);
      if (f.most_demand) text += fmt::format(" (which serve {})", served_text(r, *f.most_demand));
      return text;
    }
  }
  return {};
}

std::string nearest_flags(const Plan& p, const NearestSlo& n) {
  const Workload& w = p.request.base.workload;
  std::string text;
  if (w.tpot_slo && !n.ttft_alone) text = "--tpot " + slo_flag(n.times.tpot);
  if (w.ttft_slo && !n.tpot_alone) text += fmt::format("{}--ttft {}", text.empty() ? "" : " ", slo_flag(n.times.ttft));
  return text;
}

Verdict verdict(const Plan& p) {
  if (p.rows.empty()) return {false, none_serves(p)};
  return {true, best_row(p)};
}

}  // namespace roofcast
