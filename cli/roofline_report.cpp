#include "cli/roofline_report.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/figure_text.hpp"
#include "cli/report_section.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

std::string rate_or_dash(const std::optional<FlopsPerSecond>& rate) {
  return rate && *rate > FlopsPerSecond{} ? format_rate(*rate) : "-";
}

/// In words, so that a narrow table can break it.
std::string operator_text(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::vector<std::string> row_text(const RooflineRow& r) {
  const bool computes = r.cost.flops > Flops{} && r.cost.bytes > Bytes{};
  return {operator_text(r.op),
          fmt::format("{:g}", r.layers),
          computes ? short_number(intensity(r.cost).in(units::flop / units::byte)) : "-",
          rate_or_dash(r.attained),
          rate_or_dash(r.roof),
          format_seconds(r.timed.time),
          percent(r.share),
          std::string(name(r.timed.bound))};
}

bool same_step(const RooflineRow& a, const RooflineRow& b) {
  return a.phase == b.phase && a.batch == b.batch;
}

std::string step_text(const RooflineRow& first, Seconds time) {
  const auto what =
      first.phase == Phase::prefill ? "prefill of one prompt" : "decode, batch " + with_thousands(first.batch);
  return fmt::format("{}: {} ({})", what, format_seconds(time), name(first.grade));
}

}  // namespace

std::string roofline_report(std::span<const RooflineRow> rows, const Terminal& terminal) {
  std::string out;
  for (auto begin = rows.begin(); begin != rows.end();) {
    const auto end = std::find_if(begin, rows.end(), [&](const auto& r) { return !same_step(r, *begin); });
    ReportSection section{.table = {.columns = {{"operator", Align::left},
                                                {"layers", Align::right, true},
                                                {"FLOP/B"},
                                                {"attained"},
                                                {"roof"},
                                                {"time"},
                                                {"share"},
                                                {"bound", Align::left}}}};
    Seconds time{};
    for (auto r = begin; r != end; ++r) {
      time += r->timed.time;
      section.table.rows.push_back(row_text(*r));
    }
    section.title = step_text(*begin, time);
    out += section_text(section, terminal);
    begin = end;
  }
  return out;
}

}  // namespace roofcast::cli
