#include <utility>

#include <fmt/format.h>

#include "core/chart/finished_figure.hpp"
#include "core/chart/roofline_rows.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

using Cell = RecordTable::Cell;

Cell rate_cell(std::optional<FlopsPerSecond> rate) {
  return rate && *rate > FlopsPerSecond{} ? number_cell(rate->in(units::TFLOP / units::s), format_rate(*rate))
                                          : no_cell();
}

std::vector<Cell> record(const RooflineRow& r) {
  const bool read = r.cost.bytes > Bytes{};
  return {text_cell(std::string(name(r.phase))),
          number_cell(r.batch, with_thousands(r.batch)),
          text_cell(r.op),
          number_cell(r.layers, fmt::format("{:g}", r.layers)),
          number_cell(r.cost.flops.in(units::flop), format_flops(r.cost.flops)),
          number_cell(r.cost.bytes.in(units::byte), format_bytes(r.cost.bytes)),
          read ? number_cell(intensity(r.cost).in(units::flop / units::byte),
                             fmt::format("{:.3g}", intensity(r.cost).in(units::flop / units::byte)))
               : no_cell(),
          rate_cell(r.attained),
          rate_cell(r.roof),
          number_cell(r.timed.time.in(units::us), format_seconds(r.timed.time)),
          number_cell(100 * r.share, fmt::format("{:.1f}%", 100 * r.share)),
          text_cell(std::string(name(r.timed.bound))),
          text_cell(std::string(name(r.grade)))};
}

}  // namespace

Grade certainty(std::span<const RooflineRow> rows) {
  if (rows.empty()) return Grade::theoretical;
  Grade g = Grade::exact;
  for (const auto& r : rows) g = less_certain(g, r.grade);
  return g;
}

RecordTable roofline_records(std::span<const RooflineRow> rows) {
  RecordTable t{.fields = {{.key = "phase", .header = "Phase", .number = false},
                           {.key = "batch", .header = "Batch"},
                           {.key = "operator", .header = "Operator", .number = false},
                           {.key = "layers", .header = "Layers", .optional = true},
                           {.key = "flops", .header = "FLOP", .optional = true},
                           {.key = "bytes", .header = "Bytes", .optional = true},
                           {.key = "intensity_flop_byte", .header = "FLOP/B"},
                           {.key = "attained_tflop_s", .header = "Attained"},
                           {.key = "roof_tflop_s", .header = "Roof"},
                           {.key = "time_us", .header = "Time"},
                           {.key = "share_percent", .header = "Share"},
                           {.key = "bound", .header = "Bound", .number = false},
                           {.key = "grade", .header = "Grade", .number = false, .optional = true}}};
  for (const auto& r : rows) t.records.push_back(record(r));
  return t;
}

}  // namespace roofcast
