#include "cli/validation_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/record_output.hpp"
#include "cli/record_sections.hpp"
#include "cli/report_section.hpp"
#include "core/validation/doubtful_rows.hpp"
#include "core/validation/row_groups.hpp"
#include "core/validation/validation_tables.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kWorstRows = 10;
constexpr std::size_t kMostCauses = 12;

std::string rows_text(std::size_t rows) {
  return fmt::format("{} row{}", rows, rows == 1 ? "" : "s");
}

std::string headline(const Validation& v) {
  auto out = fmt::format("{} of {} file{}, {} predicted", rows_text(v.rows.size()), v.files.size(),
                         v.files.size() == 1 ? "" : "s", v.predicted());
  std::vector<std::size_t> grades(5);
  for (const auto& r : v.rows)
    if (r.prediction.reason.empty()) ++grades[static_cast<std::size_t>(r.prediction.grade)];
  std::string separator = " (";
  for (const auto grade : {Grade::calibrated, Grade::extrapolated, Grade::theoretical})
    if (const auto rows = grades[static_cast<std::size_t>(grade)]; rows > 0) {
      out += fmt::format("{}{} {}", separator, rows, name(grade));
      separator = ", ";
    }
  return separator == ", " ? out + ")" : out;
}

/// Tables of a few rows; how many are left out is said.
std::string tally_section(std::string title, RecordTable table, const Terminal& terminal) {
  if (table.records.empty()) return {};
  ReportSection section{.title = std::move(title)};
  if (table.records.size() > kMostCauses) {
    section.remarks.push_back(fmt::format("and {} more kinds (--json has all)", table.records.size() - kMostCauses));
    table.records.resize(kMostCauses);
  }
  section.table = text_table(table);
  return section_text(section, terminal);
}

std::size_t faster_rows(const Validation& v) {
  return static_cast<std::size_t>(
      std::ranges::count_if(v.rows, [](const auto& r) { return r.below_roof.has_value(); }));
}

}  // namespace

std::string validation_report(const Validation& v, const Terminal& terminal) {
  std::string out = paragraph(headline(v), terminal.columns);
  if (const auto noise = v.repeat_noise())
    out += paragraph(
        fmt::format(
            "Repeat noise: the middle half of a row's own runs spans {:.1f}% of its median ({:.1f}% in one row of "
            "ten): no error below that means anything.",
            noise->median_percent, noise->p90_percent),
        terminal.columns);
  if (std::ranges::any_of(v.rows, [](const auto& r) { return r.prediction.grade == Grade::calibrated; }))
    out += paragraph(
        "Calibrated rows lie in the range of a fit: where they are the rows it was fitted on, these errors are "
        "in-sample; docs/accuracy.md has those of rows kept apart.",
        terminal.columns);
  for (const auto& grouping : row_groupings()) {
    const auto records = score_records(v, grouping.name);
    if (records.records.empty()) continue;
    ReportSection section{.title = fmt::format("APE by {}", grouping.name), .table = text_table(records)};
    if (grouping.name == "op")
      section.remarks = {
          "APE = |predicted / measured - 1|; bias: median of the signed error, negative predicts too fast; inside: "
          "measured within low..high; by time: sum of |predicted - measured| over the sum of measured.",
          "roof: the pure roofline. t0+roof/e: a launch time and an efficiency, fitted to these very rows per "
          "hardware, "
          "framework, kernel and dtype (in-sample, its best case)."};
    out += section_text(section, terminal);
  }
  const auto worst = worst_records(v, kWorstRows);
  if (!worst.records.empty()) out += section_text({.title = "Largest errors", .table = text_table(worst)}, terminal);
  if (const auto faster = faster_rows(v); faster > 0) {
    out += tally_section(fmt::format("{} faster than the roof (kept, not clamped)", rows_text(faster)),
                         faster_records(v), terminal);
    out +=
        sections_by(doubtful_records(v), {"reason", "Faster than the roof", "--json or -o FILE lists all"}, terminal);
  }
  if (const auto missing = v.rows.size() - v.predicted(); missing > 0)
    out += tally_section(fmt::format("{} without a prediction", rows_text(missing)), unpredicted_records(v), terminal);
  return out;
}

}  // namespace roofcast::cli
