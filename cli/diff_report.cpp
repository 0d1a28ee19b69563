#include "cli/diff_report.hpp"

#include <cmath>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "cli/figure_text.hpp"
#include "cli/report_section.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

constexpr std::string_view kOperators = "decode.ops.", kTime = ".time_ms";

/// Figures as tables show them, words and what was typed as they are.
std::string shown(const NamedValue& value, ValuePart part) {
  constexpr double kManyDigits = 1e12;
  if (value.text.empty()) return "-";
  if (!value.number || part == ValuePart::written) return value.text;
  if (value.key.ends_with("bytes_s")) return format_bandwidth(*value.number * (units::byte / units::s));
  if (value.key.contains("flop_s")) return format_rate(*value.number * (units::flop / units::s));
  if (value.key.contains("bytes") && !value.key.ends_with("_s")) return format_bytes(Bytes{*value.number});
  if (std::abs(*value.number) >= kManyDigits) return fmt::format("{:.4g}", *value.number);
  return std::trunc(*value.number) == *value.number ? with_thousands(*value.number) : short_number(*value.number);
}

/// The section of a figure, and its name there.
struct Place {
  std::string title{};
  std::string name{};
};

Place place(const ValueChange& c) {
  if (c.part == ValuePart::written) return {"Written", c.key};
  if (c.part == ValuePart::input) return {"Model, hardware, deployment, load", c.key};
  if (c.key.starts_with(kOperators))
    return {"Operators of a decode step, ms",
            c.key.substr(kOperators.size(), c.key.size() - kOperators.size() - kTime.size())};
  const auto dot = c.key.find('.');
  if (dot == std::string::npos) return {c.before.in_list || c.after.in_list ? "Assumptions" : "Grade", c.key};
  std::string title = c.key.substr(0, dot);
  if (!title.empty() && title.front() >= 'a' && title.front() <= 'z')  // a key of any JSON file may stand here
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return {title, c.key.substr(dot + 1)};
}

/// Of an operator people see the time.
bool is_detail(const ValueChange& c) {
  return c.key.starts_with(kOperators) && !c.key.ends_with(kTime);
}

void add(ReportSection& section, const ValueChange& c, std::string name) {
  if (c.before.in_list || c.after.in_list)
    section.remarks.push_back(c.before.text.empty() ? "+ " + c.after.text : "- " + c.before.text);
  else
    section.table.rows.push_back({std::move(name), shown(c.before, c.part), shown(c.after, c.part),
                                  c.ratio && *c.ratio > 0 ? change(*c.ratio) : std::string{}});
}

}  // namespace

std::string diff_report(const std::vector<ValueChange>& changes, const Terminal& terminal) {
  std::vector<ReportSection> sections;
  std::size_t details = 0;
  for (const auto& c : changes) {
    if (is_detail(c)) {
      ++details;
      continue;
    }
    auto [title, name] = place(c);
    if (sections.empty() || sections.back().title != title)
      sections.push_back(
          {.title = title, .table = {.columns = {{"", Align::left}, {"before"}, {"after"}, {"", Align::left}}}});
    add(sections.back(), c, std::move(name));
  }
  if (sections.empty()) return "No difference.\n";
  if (details > 0)
    sections.back().remarks.push_back(fmt::format("--json and --csv have {} more figures of operators.",
                                                  with_thousands(static_cast<double>(details))));
  std::string out;
  for (const auto& section : sections) out += section_text(section, terminal);
  return out.substr(1);  // sections start with an empty line
}

}  // namespace roofcast::cli
