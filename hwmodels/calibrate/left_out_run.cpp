#include "hwmodels/calibrate/left_out_run.hpp"

#include <fmt/format.h>

namespace roofcast {
namespace {

RecordTable::Cell count(double value) {
  return number_cell(value, fmt::format("{}", value));
}

RecordTable::Cell milliseconds(double value) {
  return number_cell(value, fmt::format("{:.4g} ms", value));
}

}  // namespace

RecordTable left_out_records(const std::vector<LeftOutRun>& runs, const CsvFile& file) {
  RecordTable table{.fields = {{.key = "file", .header = "row", .number = false},
                               {.key = "line"},
                               {.key = "model", .header = "model", .number = false},
                               {.key = "hardware", .header = "hardware", .number = false, .optional = true},
                               {.key = "gpus", .header = "GPUs"},
                               {.key = "precision", .header = "precision", .number = false},
                               {.key = "batch", .header = "batch", .optional = true},
                               {.key = "tpot_ms", .header = "TPOT"},
                               {.key = "least_tpot_ms", .header = "least"},
                               {.key = "reason", .number = false}}};
  for (const auto& left : runs) {
    const auto& r = left.run;
    const auto line = file.line(left.record);
    table.records.push_back(
        {{.value = file.name, .shown = fmt::format("{}:{}", file.name.substr(file.name.rfind('/') + 1), line)},
         number_cell(static_cast<double>(line), std::to_string(line)),
         text_cell(r.model),
         text_cell(left.device),
         count(r.tp * r.pp * r.dp),
         text_cell(r.precision),
         count(r.batch),
         milliseconds(r.tpot_ms),
         left.least_tpot ? milliseconds(left.least_tpot->in(units::ms)) : no_cell(),
         text_cell(left.reason)});
  }
  return table;
}

}  // namespace roofcast
