#include "cli/report/report_page.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/comparison_report.hpp"
#include "cli/estimate_report.hpp"
#include "cli/plan_report.hpp"
#include "cli/report/html.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"
#include "core/version.hpp"
#include "hwmodels/scenario_command.hpp"

namespace roofcast::cli {
namespace {

std::string headline(const Estimate& e) {
  const Verdict v = verdict(e);
  return fmt::format("<p class=\"verdict {}\"><b>{}</b>: {}.</p>\n<p class=\"soft\">{}</p>\n", v.yes ? "yes" : "no",
                     v.yes ? "YES" : "NO", html_text(v.sentence), html_text(subject_text(e)));
}

ReportSection scenario_section(const ScenarioDocument& document) {
  ReportSection section{.title = "Scenario", .table = {.columns = {{"", Align::left}, {"", Align::left}}}};
  for (const auto& field : scenario_fields())
    if (const auto& text = document.*field.text) section.table.rows.push_back({std::string(field.option), *text});
  section.remarks = {"Everything else has the default that roofcast help estimate tells."};
  return section;
}

std::string charts(const ReportContent& content) {
  std::string out = "<section><h2>Charts</h2>\n";
  if (!content.no_charts.empty()) out += fmt::format("<p class=\"soft\">{}</p>\n", html_text(content.no_charts));
  for (std::size_t i = 0; i < content.charts.size(); ++i) {
    const auto& chart = content.charts[i];
    const auto picture = [&](std::string_view theme, std::string_view svg) {
      return fmt::format("<div class=\"scroll {}\">{}</div>\n", theme,
                         inline_svg(svg, fmt::format("c{}{}-", i + 1, theme.front())));
    };
    out += fmt::format("<figure><figcaption>{}</figcaption>\n{}{}</figure>\n", html_text(chart.title),
                       picture("light", chart.light), picture("dark", chart.dark));
  }
  return out + "</section>\n";
}

ReportSection plan_section(const Plan& p) {
  ReportSection section = p.rows.empty() ? failures_section(p) : ranking_section(p);
  section.title = fmt::format("Deployments of the same device for {} users", with_thousands(p.request.demand.amount));
  section.remarks.insert(section.remarks.begin(), verdict(p).sentence + ".");
  return section;
}

ReportSection accuracy_section(const Scenario& s) {
  ReportSection section{.title = "How far to trust the times"};
  const auto* fit = serving_calibration(s);
  if (fit == nullptr) {
    section.remarks = {fmt::format(
        "Times are theoretical: roofs of the data sheet of {}, no fit of {} to measured runs. Real steps are slower; "
        "bytes and limits of memory do not depend on it.",
        s.device.name, s.engine.name)};
    return section;
  }
  section.remarks = {
      fmt::format("Times rest on a fit to serving runs of {} on {} ({}); the table is its error on rows that "
                  "it was not fitted to.",
                  s.engine.name, fmt::join(fit->hardware, ", "), fit->date),
      "Source: " + fit->source};
  section.table.columns = {{"rows", Align::left}, {"count"}, {"median error"}, {"90% are within"}};
  for (const auto& e : fit->errors)
    section.table.rows.push_back({e.rows_of, fmt::format("{}", e.rows), fmt::format("{:.1f}%", e.median_percent),
                                  fmt::format("{:.1f}%", e.p90_percent)});
  return section;
}

/// As far as the command has an option for what was typed.
ScenarioDocument understood(ScenarioDocument document, const OptionTable& table) {
  for (const auto& field : scenario_fields())
    if (field.text != &ScenarioDocument::model && find_option(table, field.option) == nullptr)
      document.*field.text = std::nullopt;
  return document;
}

std::string commands(const ScenarioDocument& document, const std::optional<Plan>& plan) {
  auto compared = understood(document, compare_table());
  compared.attention = "mha,own,mqa";
  compared.rps = std::nullopt;  // columns are compared at a common batch
  auto lines = fmt::format("{}\n{}", command_line(document), command_line(compared, "compare"));
  if (plan) {
    auto searched = understood(document, plan_table());
    searched.rps = searched.price = std::nullopt;  // the users are the demand; --price is a file there
    if (searched.isl && searched.osl)              // what a plan cannot do without
      lines += fmt::format("\n{} --users {:.0f}", command_line(searched, "plan"), plan->request.demand.amount);
  }
  return fmt::format("<section><h2>To reproduce</h2>\n<pre>{}</pre>\n</section>\n", html_text(lines));
}

std::string footer() {
  const auto revision = git_revision();
  return fmt::format("<footer>roofcast {}{}</footer>\n", version(),
                     revision.empty() ? "" : fmt::format(" ({})", revision));
}

}  // namespace

std::string report_page(const ReportContent& content) {
  const Estimate& e = content.estimate;
  const auto title = fmt::format("{} on {}", e.scenario.model.name, deployment_text(e.scenario));
  std::string body = fmt::format("<h1>{}</h1>\n", html_text(title)) + headline(e);
  body += html_section(scenario_section(content.document)) + charts(content);
  auto sections = estimate_sections(e, content.remedies);
  const auto assumptions = std::exchange(sections.back(), {});
  for (const auto& section : sections) body += html_section(section);
  if (content.comparison) body += html_section(comparison_section(*content.comparison));
  if (content.plan) body += html_section(plan_section(*content.plan));
  if (content.plan && content.plan->frontier.size() > 1) body += html_section(frontier_section(*content.plan));
  body +=
      html_section(assumptions) + html_section(accuracy_section(e.scenario)) + commands(content.document, content.plan);
  return html_page(title, body + footer());
}

}  // namespace roofcast::cli
