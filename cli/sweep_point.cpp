#include "cli/sweep_point.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/sweep_columns.hpp"
#include "core/weights.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/swept_file.hpp"

namespace roofcast::cli {
namespace {

constexpr std::string_view kMixed = "mixed";  // several weight formats: the checkpoint's own

/// Reads the cells of one row, collecting what is missing or not a number.
class RowReader {
 public:
  explicit RowReader(const CsvRow& row) : row_{row} {}

  std::string text(std::string_view column) {
    const auto cell = row_.cell(column);
    if (!cell || cell->empty()) add(column, cell ? "is empty" : "is missing: this is no sweep file");
    return cell.value_or("");
  }
  std::optional<double> number_if(std::string_view column) {
    const auto cell = row_.cell(column);
    if (!cell || cell->empty()) return {};
    double value = 0;
    const char* end = cell->data() + cell->size();
    const auto [rest, ec] = std::from_chars(cell->data(), end, value);
    if (ec == std::errc{} && rest == end) return value;
    add(column, fmt::format("'{}' is not a number", *cell));
    return {};
  }
  /// A whole number from 1 to `most`.
  std::optional<double> whole_if(std::string_view column, double most) {
    const auto value = number_if(column);
    if (!value || (*value >= 1 && *value <= most && *value == std::floor(*value))) return value;
    add(column, fmt::format("'{}' is no whole number from 1 to {:.0f}", *row_.cell(column), most));
    return {};
  }
  /// 0 where there is none.
  int count_if(std::string_view column) {
    const auto cell = row_.cell(column);
    return !cell || *cell == "0" ? 0 : static_cast<int>(whole_if(column, kMostRanks).value_or(0));
  }
  int ranks(std::string_view column) { return static_cast<int>(whole_if(column, kMostRanks).value_or(1)); }
  template <class T>
  std::optional<T> take(Result<T> result) {
    if (result) return std::move(*result);
    errors_.insert(errors_.end(), result.error().begin(), result.error().end());
    return {};
  }
  void add(std::string_view column, std::string what) {
    errors_.push_back({fmt::format("{}:{}", row_.origin, column), std::move(what), {}, ErrorKind::unsupported});
  }
  [[nodiscard]] const Errors& errors() const { return errors_; }

 private:
  const CsvRow& row_;
  Errors errors_{};
};

Workload workload(RowReader& reader, const Workload& flags) {
  Workload w{.isl = reader.whole_if("isl_tokens", kMostTokens),
             .osl = reader.whole_if("osl_tokens", kMostTokens),
             .tpot_slo = flags.tpot_slo,
             .ttft_slo = flags.ttft_slo};
  if (!w.isl) w.context = reader.whole_if("context_tokens", kMostTokens);
  w.isl_lengths = flags.isl_lengths;
  w.osl_lengths = flags.osl_lengths;
  w.prefix_hit = reader.number_if("prefix_hit").value_or(0);
  w.requests_s = reader.number_if("requests_s");
  // Under arrivals the column shows how many decode, not how many may.
  if (const auto batch = reader.whole_if("batch", kMostSequences); batch && !w.requests_s)
    w.batch = static_cast<int>(*batch);
  return w;
}

std::string cell_of(const SweepColumn& column, const SweepRow& row) {
  std::string cell;
  column.write(row, cell);
  return cell;
}

}  // namespace

Result<CsvRow> named_point(std::string_view text) {
  const auto colon = text.rfind(':');
  std::size_t row = 0;
  const char* end = text.data() + text.size();
  if (colon == text.npos || colon == 0 || std::from_chars(text.data() + colon + 1, end, row).ptr != end || row < 1)
    return usage_error("--point", fmt::format("'{}': expected FILE:ROW", text), "row 1 is the first below the header");
  const auto file = text.substr(0, colon);
  if (const auto whole = check_swept_file(file); !whole) return std::unexpected(whole.error());
  return read_csv_row(file, row);
}

Result<Scenario> scenario_of(const CsvRow& row, const ScenarioTerms& terms, const PresetRoots& roots,
                             const PointNames& names) {
  RowReader reader{row};
  const auto model_name = names.model.empty() ? reader.text("model") : names.model,
             device_name = names.hardware.empty() ? reader.text("hardware") : names.hardware,
             engine_name = reader.text("engine"), attention_name = reader.text("attention"),
             weights_name = reader.text("weight_dtype"), kv_name = reader.text("kv_dtype");
  ScenarioTerms t = terms;
  t.base.deployment = {.tp = reader.ranks("tp"),
                       .pp = reader.ranks("pp"),
                       .ep = reader.ranks("ep"),
                       .dp = reader.ranks("dp"),
                       .dcp = reader.ranks("dcp")};
  t.base.deployment.prefill = reader.count_if("prefill_replicas");
  t.base.workload = workload(reader, terms.base.workload);
  t.base.speculation.draft_tokens = reader.count_if("draft_tokens");
  t.base.speculation.acceptance = reader.number_if("acceptance").value_or(0);
  t.kv = find_kv_format(kv_name);
  if (!t.kv) reader.add("kv_dtype", fmt::format("'{}' is not a known format", kv_name));
  if (!reader.errors().empty()) return std::unexpected(reader.errors());

  auto model = reader.take(named_model(roots, model_name));
  auto device = reader.take(named_device(roots, device_name));
  if (engine_name != t.base.engine.id)
    if (auto engine = reader.take(find_engine(roots, engine_name))) t.base.engine = std::move(*engine);
  if (t.roofs_alone) t.base.engine.serving.clear();
  std::optional<AttentionOverride> attention;
  if (model && attention_name != attention_label(*model))
    attention = reader.take(parse_attention_override(attention_name));
  if (model && weights_name != kMixed && weights_name != weight_label(*model)) {
    t.weights = find_weight_format(weights_name);
    if (!t.weights) reader.add("weight_dtype", fmt::format("'{}' is not a known format", weights_name));
  }
  if (!reader.errors().empty()) return std::unexpected(reader.errors());
  return scenario_of(t, std::move(*model), std::move(*device), attention);
}

std::vector<Difference> differences(const CsvRow& row, const Scenario& s) {
  const SweepConfig config = sweep_config(s);
  const SweepRow again = sweep_row(config, s.workload, 0);
  std::vector<Difference> found;
  for (const auto& column : sweep_columns()) {
    if (column.name == "schema" || column.name == "point") continue;
    const auto written = row.cell(column.name);
    if (!written) continue;
    auto recomputed = cell_of(column, again);
    if (recomputed != *written) found.push_back({std::string(column.name), *written, std::move(recomputed)});
  }
  return found;
}

}  // namespace roofcast::cli
