#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/figure_text.hpp"
#include "cli/plan_report.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/quantity_text.hpp"
#include "core/weights.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kLayoutsNamed = 3;

/// Layouts of one device and formats that fail for one cause.
struct FailureGroup {
  std::string device{};
  std::vector<const PlanFailure*> failures{};
};

std::vector<FailureGroup> groups(const Plan& p) {
  std::vector<FailureGroup> list;
  std::map<std::string, std::size_t> at;
  for (const auto& f : p.failures) {
    auto device = hardware_name(f.scenario.device);
    if (p.request.weights.size() > 1) device += ", " + weight_label(f.scenario.model);
    if (p.request.kv.size() > 1) device += ", " + f.scenario.kv.name + " KV";
    const auto [place, fresh] = at.try_emplace(fmt::format("{} {}", device, name(f.cause)), list.size());
    if (fresh) list.push_back({.device = device});
    list[place->second].failures.push_back(&f);
  }
  return list;
}

/// How far the layout is from serving; smaller is nearer.
double distance(const PlanRequest& r, const PlanFailure& f) {
  const Workload& w = r.base.workload;
  if (f.cause == PlanFailure::Cause::gpus) return static_cast<double>(f.gpus);
  if (!f.best) return f.missing > Bytes{} ? f.missing.in(units::byte) : 1e30;
  return std::max(w.tpot_slo ? f.best->tpot / *w.tpot_slo : 0, w.ttft_slo ? f.best->ttft / *w.ttft_slo : 0);
}

std::string layouts_text(const FailureGroup& g) {
  std::vector<std::string> names;
  for (const auto* f : g.failures)
    if (names.size() < kLayoutsNamed) names.push_back(layout_text(f->scenario, 1));
  auto text = fmt::format("{}", fmt::join(names, "; "));
  if (g.failures.size() > kLayoutsNamed) text += fmt::format("; {} more", g.failures.size() - kLayoutsNamed);
  return text;
}

std::string margin(Seconds time, const std::optional<Seconds>& slo) {
  if (!slo) return "no SLO";
  return fmt::format("of {}: {} left", format_seconds(*slo), percent(1 - time / *slo));
}

std::string range(const TimeRange& r) {
  if (!r.high) return fmt::format("at least {}", format_seconds(r.low));
  return fmt::format("{} to {}", format_seconds(r.low), format_seconds(*r.high));
}

std::string worst_text(const PlanRow& row) {
  const auto& worst = row.robustness.gpus_at_worst;
  if (!worst) return "Datasheet roofs know no slow end: plan with headroom.";
  if (*row.holds_at_worst()) return "It still holds at the slow end of both intervals.";
  if (*worst == 0) return "At the slow end of the intervals not one request keeps the SLOs.";
  return fmt::format("At the slow end of the intervals it would take {} GPUs instead of {}.", *worst, row.gpus());
}

}  // namespace

ReportSection failures_section(const Plan& p) {
  ReportSection section{.title = p.rows.empty() ? "Why none serves" : "Why other layouts fail",
                        .table = {.columns = {{"", Align::left}, {"", Align::left}, {"", Align::left}}}};
  for (const auto& g : groups(p)) {
    const auto nearest =
        *std::ranges::min_element(g.failures, {}, [&](const PlanFailure* f) { return distance(p.request, *f); });
    auto reason = failure_text(p.request, *nearest);
    if (g.failures.size() > 1) reason += fmt::format(" ({})", layout_text(nearest->scenario, 1));
    section.table.rows.push_back({g.device, layouts_text(g), reason});
  }
  return section;
}

ReportSection robustness_section(const Plan& p, const PlanRow& row) {
  const Workload& w = p.request.base.workload;
  ReportSection section{.title = "How sure the first is",
                        .table = {.columns = {{"", Align::left}, {""}, {"", Align::left}, {"", Align::left}}}};
  auto& rows = section.table.rows;
  rows.push_back(
      {"TPOT", format_seconds(row.times.tpot), margin(row.times.tpot, w.tpot_slo), range(row.times.tpot_range)});
  rows.push_back(
      {"TTFT", format_seconds(row.times.ttft), margin(row.times.ttft, w.ttft_slo), range(row.times.ttft_range)});
  if (row.arriving)
    rows.push_back({"TTFT at random", format_seconds(row.arriving->ttft), margin(row.arriving->ttft, w.ttft_slo),
                    arrivals_word(p.request)});
  rows.push_back(
      {"requests/s", short_number(row.requests_s),
       fmt::format("of {}: {} left", short_number(row.capacity_s), percent(1 - row.requests_s / row.capacity_s)), ""});
  for (const auto& gain : row.robustness.gains)
    rows.push_back({fmt::format("10% more {}", gain.resource), change(gain.capacity), "capacity",
                    gain.gpus == row.gpus() ? "same GPUs" : fmt::format("{} GPUs", gain.gpus)});
  section.remarks.push_back(worst_text(row));
  return section;
}

}  // namespace roofcast::cli
