#include "cli/record_sections.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "cli/record_output.hpp"
#include "cli/report_section.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kMostRecords = 10;

/// Parts in the order of their first records, each a table of the same fields.
std::vector<RecordTable> parts(const RecordTable& table, std::size_t field) {
  std::vector<RecordTable> out;
  for (const auto& record : table.records) {
    auto part =
        std::ranges::find_if(out, [&](const auto& p) { return p.records.front()[field].shown == record[field].shown; });
    if (part == out.end()) part = out.insert(out.end(), RecordTable{.fields = table.fields});
    part->records.push_back(record);
  }
  return out;
}

}  // namespace

std::string sections_by(const RecordTable& table, const SectionsBy& by, const Terminal& terminal) {
  const auto field = static_cast<std::size_t>(std::ranges::find(table.fields, by.key, &RecordTable::Field::key) -
                                              table.fields.begin());
  auto sections = parts(table, field);
  std::ranges::stable_sort(sections, std::greater{}, [](const auto& part) { return part.records.size(); });
  std::string out;
  for (auto& part : sections) {
    const auto rows = part.records.size();
    ReportSection section{.title = fmt::format("{}: {} ({} row{})", by.title, part.records.front()[field].shown, rows,
                                               rows == 1 ? "" : "s")};
    if (rows > kMostRecords) {
      section.remarks.push_back(fmt::format("and {} more; {}", rows - kMostRecords, by.rest));
      part.records.resize(kMostRecords);
    }
    section.table = text_table(part);
    out += section_text(section, terminal);
  }
  return out;
}

}  // namespace roofcast::cli
