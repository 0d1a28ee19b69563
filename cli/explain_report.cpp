#include "cli/explain_report.hpp"

#include <fmt/format.h>

#include "cli/ink.hpp"
#include "cli/report_section.hpp"
#include "cli/text_table.hpp"

namespace roofcast::cli {
namespace {

std::string missing_flags(const Needs& needs) {
  std::string flags;
  if (needs.model) flags += " --model MODEL";
  if (needs.hardware) flags += " --hardware H";
  if (needs.length) flags += " --context C";
  return "add" + flags + " to put numbers in";
}

}  // namespace

std::string term_text(const Term& term, const std::optional<Explanation>& x, const Terminal& terminal) {
  std::string out = Ink{terminal.color}.bold(term.name) + '\n';
  TextTable table{.columns = {{"", Align::left}, {"", Align::left}}};
  table.rows = {{"  meaning", std::string(term.meaning)}, {"  formula", std::string(term.formula)}};
  if (x) {
    std::string head = "  numbers";
    for (const auto& line : x->numbers) table.rows.push_back({std::exchange(head, ""), line});
    table.rows.push_back({"  result", fmt::format("{} ({})", x->result, x->label)});
  } else {
    table.rows.push_back({"  numbers", missing_flags(term.needs)});
  }
  table.rows.push_back({"  derived", fmt::format("{} ({})", term.page, term.equation)});
  table.rows.push_back({"  source", std::string(term.source)});
  return out + laid_out(table, terminal.columns);
}

std::string glossary_text(const Terminal& terminal) {
  TextTable table{.columns = {{"", Align::left}, {"", Align::left}}};
  for (const auto& term : glossary()) table.rows.push_back({std::string(term.name), std::string(term.meaning)});
  return laid_out(table, terminal.columns);
}

std::string point_text(const CsvRow& row, const std::vector<Difference>& differences, const Terminal& terminal) {
  if (differences.empty())
    return paragraph(fmt::format("{}: computed again, every figure is the same.", row.origin), terminal.columns);
  TextTable table{.columns = {{"column", Align::left}, {"in the file"}, {"computed again"}}};
  for (const auto& d : differences) table.rows.push_back({d.column, d.written, d.recomputed});
  return paragraph(
             fmt::format(
                 "{}: computed again, figures differ. Flags that no column records (--memory, "
                 "--memory-utilization, --block-size, --max-batched-tokens, --tpot, --ttft, --price, --calibration, "
                 "--draft-model, --expert-imbalance, --overlap, laws and histograms of --isl and --osl) must be given "
                 "as in the sweep.",
                 row.origin),
             terminal.columns) +
         laid_out(table, terminal.columns);
}

}  // namespace roofcast::cli
