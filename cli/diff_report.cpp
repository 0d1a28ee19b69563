#include "cli/diff_report.hpp"

#include <cmath>
#include <string_view>

#include "cli/figure_text.hpp"
#include "cli/report_section.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

std::string title(ValuePart part) {
  switch (part) {
    case ValuePart::written:
      return "Written";
    case ValuePart::input:
      return "Model, hardware, deployment, load";
    case ValuePart::output:
      return "Figures";
  }
  return {};
}

/// Figures as tables show them, words and what was typed as they are.
std::string shown(const NamedValue& value, ValuePart part) {
  if (value.text.empty()) return "-";
  if (!value.number || part == ValuePart::written) return value.text;
  return std::trunc(*value.number) == *value.number ? with_thousands(*value.number) : short_number(*value.number);
}

/// Sentences that came or went, one a line.
std::string remark(const ValueChange& c) {
  return c.before.text.empty() ? "+ " + c.after.text : "- " + c.before.text;
}

bool is_sentence(const ValueChange& c) {
  return c.before.in_list || c.after.in_list;
}

}  // namespace

std::string diff_report(const std::vector<ValueChange>& changes, const Terminal& terminal) {
  std::string out;
  for (const auto part : {ValuePart::written, ValuePart::input, ValuePart::output}) {
    ReportSection section{.title = title(part),
                          .table = {.columns = {{"", Align::left}, {"before"}, {"after"}, {"", Align::left}}}};
    for (const auto& c : changes) {
      if (c.part != part) continue;
      if (is_sentence(c))
        section.remarks.push_back(remark(c));
      else
        section.table.rows.push_back({c.key, shown(c.before, part), shown(c.after, part),
                                      c.ratio && *c.ratio > 0 ? change(*c.ratio) : std::string{}});
    }
    if (!section.table.rows.empty() || !section.remarks.empty()) out += section_text(section, terminal);
  }
  return out.empty() ? "No difference.\n" : out.substr(1);  // sections start with an empty line
}

}  // namespace roofcast::cli
