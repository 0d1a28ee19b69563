#include "cli/plan_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/figure_text.hpp"
#include "cli/ink.hpp"
#include "cli/text_width.hpp"
#include "core/plan/launch_command.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"

namespace roofcast::cli {
namespace {

std::string headline(const Plan& p, const Terminal& terminal) {
  const Verdict v = verdict(p);
  const std::string_view word = v.yes ? "YES" : "NO";
  const auto text = paragraph(fmt::format("{}: {}.", word, v.sentence), terminal.columns);
  const Ink ink{terminal.color};
  return (v.yes ? ink.good(word) : ink.bad(word)) + text.substr(word.size());
}

ReportSection arithmetic_section(const Plan& p) {
  ReportSection section{.title = "How many", .table = {.columns = {{"", Align::left}, {""}, {"", Align::left}}}};
  for (const auto& step : arithmetic(p.request, p.rows.front()))
    section.table.rows.push_back({step.what, step.value, step.from});
  return section;
}

/// "2 x tp 4", "(2+1) x 1 GPU", and formats where they are searched.
std::string replicas_text(const Plan& p, const PlanRow& row) {
  const auto count = with_thousands(static_cast<double>(row.replicas));
  auto text = fmt::format("{} x {}", row.spares > 0 ? fmt::format("({}+{})", count, row.spares) : count,
                          layout_text(row.scenario, row.replicas));
  if (p.request.weights.size() > 1) text += ", " + weight_label(row.scenario.model);
  if (p.request.kv.size() > 1) text += fmt::format(", {} KV", row.scenario.kv.name);
  return text;
}

std::string money(const std::optional<double>& usd) {
  if (!usd) return "-";
  return *usd < 1000 ? fmt::format("{:.2f}", *usd) : with_thousands(std::round(*usd));
}

/// Devices that it would take at the slow end of the intervals.
std::string worst(const PlanRow& row) {
  const auto& gpus = row.robustness.gpus_at_worst;
  if (!gpus) return "-";
  return *gpus == 0 ? "no number" : with_thousands(static_cast<double>(*gpus));
}

std::vector<std::string> ranking_row(const Plan& p, std::size_t i) {
  const PlanRow& row = p.rows[i];
  return {fmt::format("{}", i + 1),
          hardware_name(row.scenario.device),
          replicas_text(p, row),
          with_thousands(static_cast<double>(row.gpus())),
          money(row.usd_hour),
          money(row.usd_mtok),
          format_seconds(row.times.tpot),
          format_seconds(row.times.ttft),
          std::string(name(row.grade)),
          worst(row),
          with_thousands(row.peak),
          short_number(row.capacity_s),
          row.watts ? short_number(*row.watts / 1000) : "-"};
}

/// Names of the devices in these rows that have no price.
std::vector<std::string> unpriced(const Plan& p, const std::vector<std::size_t>& rows) {
  std::vector<std::string> names;
  for (const std::size_t i : rows)
    if (const auto& name = hardware_name(p.rows[i].scenario.device);
        !p.rows[i].usd_hour && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  return names;
}

TextTable ranking_table() {
  return {.columns = {{"#"},
                      {"device", Align::left},
                      {"replicas", Align::left},
                      {"GPUs"},
                      {"USD/h"},
                      {"USD/Mtok", Align::right, true},
                      {"TPOT"},
                      {"TTFT", Align::right, true},
                      {"times", Align::left},
                      {"GPUs at worst", Align::right, true},
                      {"batch", Align::right, true},
                      {"most req/s", Align::right, true},
                      {"kW", Align::right, true}}};
}

/// The words on lines that fit, each but the last with a backslash: to be copied as they are.
std::string command_text(const std::vector<std::string>& words, int columns) {
  std::string out, line = "  ";
  for (const auto& word : words) {
    if (line.size() > 4 && display_width(line + " " + word + " \\") > columns) {
      out += line + " \\\n";
      line = "    " + word;
    } else {
      line += (line == "  " ? "" : " ") + word;
    }
  }
  return out + line + "\n";
}

std::string command_section(const Plan& p, const Terminal& terminal) {
  const PlanRow& row = p.rows.front();
  const auto all = row.replicas + row.spares;
  const auto title = all == 1 ? std::string("Start it") : fmt::format("Start each of the {} replicas", all);
  auto text = section_text({.title = title}, terminal) +
              command_text(launch_words(row, hub_id(p.request.base.model)), terminal.columns);
  for (const auto& note : launch_notes(p.request, row)) text += "  " + paragraph(note + ".", terminal.columns - 2, 2);
  return text;
}

ReportSection assumptions_section(const Plan& p) {
  ReportSection section{.title = "Assumptions"};
  for (const auto& a : p.assumptions) section.remarks.push_back("- " + a);
  return section;
}

}  // namespace

ReportSection ranking_section(const Plan& p) {
  const auto listed = listed_rows(p);
  ReportSection section{.title = fmt::format("Plans by {}, the best layout of each device",
                                             p.ranked_by == Objective::gpus ? "GPUs" : name(p.ranked_by)),
                        .table = ranking_table()};
  for (const std::size_t i : listed) section.table.rows.push_back(ranking_row(p, i));
  if (const auto names = unpriced(p, listed); !names.empty() && p.ranked_by == Objective::cost)
    section.remarks.push_back(
        fmt::format("No price is known of {}: ranked last; --price gives one.", fmt::join(names, ", ")));
  if (p.request.demand.kind == Demand::Kind::requests)
    section.remarks.emplace_back(
        "TPOT and TTFT are those at fixed concurrency, as benchmarks send requests; --csv has both at random arrivals, "
        "too (arriving_ttft_ms).");
  if (p.rows.size() > listed.size())
    section.remarks.push_back(
        fmt::format("{} more layouts serve the demand: --top N, or all with --csv; # counts them all.",
                    with_thousands(static_cast<double>(p.rows.size() - listed.size()))));
  return section;
}

ReportSection frontier_section(const Plan& p) {
  const bool priced = p.rows[p.frontier.front()].usd_hour.has_value();
  ReportSection section{.title = fmt::format("Frontier: faster only for more {}", priced ? "money" : "GPUs"),
                        .table = ranking_table()};
  for (const std::size_t i : p.frontier) section.table.rows.push_back(ranking_row(p, i));
  return section;
}

namespace {

/// The ranking, and which of its columns the terminal has no room for.
std::string ranking_text(const Plan& p, const Terminal& terminal) {
  constexpr int kIndent = 2;  // of section_text
  ReportSection section = ranking_section(p);
  const auto names = left_out_columns(section.table, terminal.columns - kIndent);
  if (!names.empty())
    section.remarks.push_back(fmt::format("Wider terminals show {} too, as does --csv.", fmt::join(names, ", ")));
  return section_text(section, terminal);
}

}  // namespace

std::string plan_report(const Plan& p, const Terminal& terminal) {
  std::string out = headline(p, terminal);
  if (!p.rows.empty()) {
    out += section_text(arithmetic_section(p), terminal) + ranking_text(p, terminal) +
           section_text(robustness_section(p, p.rows.front()), terminal);
    if (p.frontier.size() > 1) out += section_text(frontier_section(p), terminal);
    out += command_section(p, terminal);
  }
  if (!p.failures.empty()) out += section_text(failures_section(p), terminal);
  return out + section_text(assumptions_section(p), terminal);
}

}  // namespace roofcast::cli
