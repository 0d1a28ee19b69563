#include "core/validation/doubtful_rows.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/validation/row_cells.hpp"
#include "core/validation/row_groups.hpp"

namespace roofcast {

std::vector<std::size_t> doubtful_rows(const Validation& v) {
  std::vector<std::pair<double, std::size_t>> shares;
  for (std::size_t at = 0; at < v.rows.size(); ++at)
    if (const auto& below = v.rows[at].below_roof) shares.emplace_back(below->share, at);
  std::ranges::sort(shares);
  std::vector<std::size_t> out;
  for (const auto& [share, at] : shares) out.push_back(at);
  return out;
}

RecordTable doubtful_records(const Validation& v) {
  RecordTable table{.fields = {{.key = "file", .header = "row", .number = false},
                               {.key = "line"},
                               {.key = "op", .number = false},
                               {.key = "hardware", .header = "hardware", .number = false, .optional = true},
                               {.key = "framework", .header = "framework", .number = false, .optional = true},
                               {.key = "shape", .header = "shape", .number = false},
                               {.key = "dtype", .header = "dtype", .number = false, .optional = true},
                               {.key = "quantity", .header = "quantity", .number = false, .optional = true},
                               {.key = "measured", .header = "measured"},
                               {.key = "roof", .header = "least"},
                               {.key = "reason", .number = false}}};
  for (const auto at : doubtful_rows(v)) {
    const auto& r = v.rows[at];
    const auto figure = r.below_roof->figure;
    const auto& kind = figure_kinds(r.row.call.index())[figure];
    table.records.push_back({{.value = v.files[r.file], .shown = short_where(v, r)},
                             number_cell(static_cast<double>(r.line), std::to_string(r.line)),
                             text_cell(std::string(op(r.row.call))),
                             text_cell(r.row.kernel.hardware),
                             text_cell(r.row.kernel.framework),
                             text_cell(shape_text(r.row.call)),
                             text_cell(r.row.dtype),
                             text_cell(std::string(kind.name)),
                             measure_cell(*measured_value(r.row, figure), kind),
                             measure_cell(r.roof.figures[figure]->value, kind),
                             text_cell(r.below_roof->cause)});
  }
  return table;
}

}  // namespace roofcast
