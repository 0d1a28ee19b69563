#include "cli/estimate_report.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "cli/figure_text.hpp"
#include "cli/ink.hpp"
#include "core/attention_override.hpp"
#include "core/quantity_text.hpp"
#include "core/verdict.hpp"
#include "core/weights.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kRemediesShown = 3;

std::string headline(const Estimate& e, const Terminal& terminal) {
  const Verdict v = verdict(e);
  const std::string_view word = v.yes ? "YES" : "NO";
  auto text = paragraph(fmt::format("{}: {}.", word, v.sentence), terminal.columns);
  const Ink ink{terminal.color};
  return (v.yes ? ink.good(word) : ink.bad(word)) + text.substr(word.size());
}

ReportSection remedies_section(const Workload& w, const std::vector<Remedy>& remedies) {
  const std::string title =
      w.tpot_slo || w.ttft_slo ? "What would make it fit and keep the SLOs" : "What would make it fit";
  ReportSection section{.title = title + " (each one checked)",
                        .table = {.columns = {{"", Align::left}, {"", Align::left}}}};
  for (const auto& r : remedies)
    if (section.table.rows.size() < kRemediesShown) section.table.rows.push_back({r.change, r.effect});
  if (remedies.empty()) {
    section.title = title;
    section.remarks = {
        "Nothing that is tried here: fp8 KV cache or weights, up to 8 times the ranks, fewer or shorter "
        "conversations, one KV head."};
  }
  return section;
}

ReportSection cost_section(const Estimate& e) {
  ReportSection section{.title = "Cost", .table = {.columns = {{"", Align::left}, {""}, {"", Align::left}}}};
  if (!e.usd_hour) {
    section.remarks = {fmt::format("No price of {} is known: --price USD gives one.", e.scenario.device.name)};
    return section;
  }
  section.table.rows.push_back({fmt::format("{}x {}", e.scenario.deployment.gpus(), e.scenario.device.name),
                                fmt::format("{:.2f} USD/h", *e.usd_hour),
                                e.scenario.price_usd_hour ? "given" : "list price"});
  if (e.usd_mtok_output)
    section.table.rows.push_back({"a million output tokens", fmt::format("{} USD", short_number(*e.usd_mtok_output)),
                                  std::string(name(e.grade))});
  return section;
}

ReportSection assumptions_section(const Estimate& e) {
  ReportSection section{.title = "Assumptions"};
  for (const auto& a : e.assumptions) section.remarks.push_back("- " + a);
  return section;
}

}  // namespace

std::string subject_text(const Estimate& e) {
  const Scenario& s = e.scenario;
  return fmt::format("{} ({:.4g} B parameters, {}, weights {} in {}, {} KV) on {}, {} {}.", s.model.name,
                     e.parameters.total / 1e9, attention_label(s.model), format_bytes(e.weights_total),
                     weight_label(s.model), s.kv.name, deployment_text(s), s.engine.name, s.engine.version);
}

std::vector<ReportSection> estimate_sections(const Estimate& e, const std::vector<Remedy>& remedies) {
  std::vector<ReportSection> sections;
  if (!e.fits) sections.push_back(remedies_section(e.scenario.workload, remedies));
  for (auto&& section : {memory_section(e), cache_section(e), limits_section(e), decode_section(e), prefill_section(e),
                         serving_section(e), arrivals_section(e), cost_section(e), assumptions_section(e)})
    sections.push_back(section);
  return sections;
}

std::string estimate_report(const Estimate& e, const std::vector<Remedy>& remedies, const Terminal& terminal) {
  std::string out = headline(e, terminal) + paragraph(subject_text(e), terminal.columns);
  for (const auto& section : estimate_sections(e, remedies))
    if (!section.table.rows.empty() || !section.remarks.empty()) out += section_text(section, terminal);
  return out;
}

}  // namespace roofcast::cli
