#include "hwmodels/parity_points.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/validation/prediction.hpp"
#include "core/validation/row_groups.hpp"
#include "hwmodels/figure_names.hpp"
#include "hwmodels/measurement_cells.hpp"
#include "hwmodels/measurements.hpp"

namespace roofcast {
namespace {

/// "latency_us" in words, with its unit.
std::string pane_name(std::string_view figure) {
  if (figure == "latency_us") return "kernel time, us";
  if (figure == "ttft_ms") return "TTFT, ms";
  if (figure == "tpot_ms") return "TPOT, ms";
  if (figure == "kv_pool_gib") return "KV pool of a GPU, GiB";
  if (figure == "kv_tokens") return "KV pool, tokens";
  return "full-length sequences";
}

/// "decode_attention GQA", "gemm bf16", "end_to_end"
std::string variant_name(const MeasuredRow& row) {
  std::string out(op(row.call));
  const auto groupings = row_groupings();
  const auto variant = std::ranges::find(groupings, "variant", &RowGrouping::name);
  if (const auto group = variant->group(row))
    out += " " + group->text;
  else if (std::holds_alternative<GemmCall>(row.call) && !row.dtype.empty())
    out += " " + row.dtype;
  return out;
}

Grade grade_of(MeasurementCells& cells) {
  const auto word = cells.text_or_empty("grade");
  const auto found = std::ranges::find(kGrades, word, &std::pair<std::string_view, Grade>::first);
  if (found != kGrades.end()) return found->second;
  if (!word.empty()) cells.add_error("grade", fmt::format("'{}' is not known", word));
  return Grade::theoretical;
}

void append_points(const CsvFile& file, const MeasuredRow& row, Errors& errors, std::vector<ParityPoint>& out) {
  MeasurementCells cells{file, row.record, false, errors};
  const Grade grade = grade_of(cells);
  const auto kinds = figure_kinds(row.call.index());
  for (std::size_t figure = 0; figure < kinds.size(); ++figure) {
    const auto measured = measured_value(row, figure);
    const auto predicted = cells.value_if_any(kinds[figure].predicted);
    if (!measured || !predicted) continue;
    ParityPoint p{.pane = pane_name(kinds[figure].name),
                  .variant = variant_name(row),
                  .measured = *measured,
                  .predicted = *predicted,
                  .grade = grade};
    if (!kinds[figure].low.empty()) {
      p.low = cells.value_if_any(kinds[figure].low);
      p.high = cells.value_if_any(kinds[figure].high);
      if (p.low.value_or(p.predicted) > p.predicted || p.high.value_or(p.predicted) < p.predicted)
        cells.add_error(kinds[figure].predicted,
                        fmt::format("does not lie between {} and {}", kinds[figure].low, kinds[figure].high));
    }
    p.text = fmt::format("{}, line {}: {}: measured {:.4g}, predicted {:.4g} ({})", p.variant, file.line(row.record),
                         shape_text(row.call), p.measured, p.predicted, name(grade));
    out.push_back(std::move(p));
  }
}

bool has_predictions(const CsvFile& file) {
  for (std::size_t op = 0; op < measured_ops().size(); ++op)
    for (const auto& kind : figure_kinds(op))
      if (file.column(kind.predicted)) return true;
  return false;
}

}  // namespace

Result<std::vector<ParityPoint>> parity_points(const CsvFile& file) {
  const auto rows = measurements(file, HardwareColumn::optional);
  if (!rows) return std::unexpected(rows.error());
  if (!has_predictions(file))
    return fail(file.name, "has no predictions", "roofcast validate " + file.name + " -o predicted.csv writes them");
  Errors errors;
  std::vector<ParityPoint> out;
  for (const auto& row : *rows) append_points(file, row, errors, out);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

}  // namespace roofcast
