#include "hwmodels/sweep_records.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "core/nearest_name.hpp"
#include "core/sweep_columns.hpp"
#include "core/utf8.hpp"
#include "hwmodels/figure_names.hpp"

namespace roofcast {
namespace {

constexpr double kMostFigure = 1e300;  ///< charts multiply figures and divide by them

struct WordColumn {
  std::string_view name;
  std::string SweepRecord::*member;
};
constexpr std::array kWords{WordColumn{"model", &SweepRecord::model},
                            WordColumn{"attention", &SweepRecord::attention},
                            WordColumn{"hardware", &SweepRecord::hardware},
                            WordColumn{"engine", &SweepRecord::engine},
                            WordColumn{"weight_dtype", &SweepRecord::weight_dtype},
                            WordColumn{"kv_dtype", &SweepRecord::kv_dtype},
                            WordColumn{"reason", &SweepRecord::reason}};

/// An empty cell leaves the default: dp of a layout that cannot be, the batch where nothing fits.
struct CountColumn {
  std::string_view name;
  double SweepRecord::*member;
};
constexpr std::array kCounts{CountColumn{"gpus", &SweepRecord::gpus},
                             CountColumn{"tp", &SweepRecord::tp},
                             CountColumn{"pp", &SweepRecord::pp},
                             CountColumn{"ep", &SweepRecord::ep},
                             CountColumn{"dp", &SweepRecord::dp},
                             CountColumn{"dcp", &SweepRecord::dcp},
                             CountColumn{"context_tokens", &SweepRecord::context},
                             CountColumn{"batch", &SweepRecord::batch}};

constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);  ///< the place of a column that a file lacks

/// Columns that came later: files of earlier versions lack them, and are as if they were 0.
constexpr std::array kLaterCounts{
    CountColumn{"prefill_replicas", &SweepRecord::prefill}, CountColumn{"prefix_hit", &SweepRecord::prefix_hit},
    CountColumn{"draft_tokens", &SweepRecord::draft_tokens}, CountColumn{"acceptance", &SweepRecord::acceptance}};

struct FigureColumn {
  std::string_view name;
  std::optional<double> SweepRecord::*member;
};
constexpr std::array kFigures{FigureColumn{"isl_tokens", &SweepRecord::isl},
                              FigureColumn{"osl_tokens", &SweepRecord::osl},
                              FigureColumn{"max_batch_memory", &SweepRecord::max_batch_memory},
                              FigureColumn{"weights_gib_per_gpu", &SweepRecord::weights_gib},
                              FigureColumn{"kv_gib_per_gpu", &SweepRecord::kv_gib},
                              FigureColumn{"step_ms", &SweepRecord::step_ms},
                              FigureColumn{"step_low_ms", &SweepRecord::step_low_ms},
                              FigureColumn{"step_high_ms", &SweepRecord::step_high_ms},
                              FigureColumn{"tokens_s_user", &SweepRecord::tokens_s_user},
                              FigureColumn{"tokens_s", &SweepRecord::tokens_s},
                              FigureColumn{"tokens_s_gpu", &SweepRecord::tokens_s_gpu},
                              FigureColumn{"flops_per_step", &SweepRecord::flops},
                              FigureColumn{"intensity_flop_byte", &SweepRecord::intensity},
                              FigureColumn{"usd_mtok", &SweepRecord::usd_mtok},
                              FigureColumn{"tpot_ms", &SweepRecord::tpot_ms},
                              FigureColumn{"ttft_ms", &SweepRecord::ttft_ms}};

constexpr NameTable<PointStatus, 4> kStatuses{{{"ok", PointStatus::ok},
                                               {"oom", PointStatus::oom},
                                               {"unsupported", PointStatus::unsupported},
                                               {"slo", PointStatus::slo}}};

/// Reads cells by the name of their column, wherever it stands.
class Cells {
 public:
  Cells(const CsvFile& file, Errors& errors) : file_{file}, errors_{errors} {}

  /// The place of a column; an error where the file has none.
  [[nodiscard]] std::size_t place(std::string_view name) {
    if (const auto at = file_.column(name)) return *at;
    errors_.push_back({fmt::format("{}:1:{}", file_.name, file_.header.size() + 1),
                       fmt::format("has no column '{}': expected what roofcast sweep writes", name),
                       did_you_mean(name, file_.header)});
    return 0;
  }
  [[nodiscard]] std::string word(std::size_t record, std::size_t at) {
    const auto cell = file_.cell(record, at);
    if (std::ranges::any_of(cell, is_control)) add(record, at, "the cell holds a control character");
    return std::string(cell);
  }
  [[nodiscard]] std::optional<double> number(std::size_t record, std::size_t at) {
    const auto cell = file_.cell(record, at);
    if (cell.empty()) return {};
    double value = 0;
    const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (problem == std::errc{} && end == cell.data() + cell.size() && value >= 0 && value < kMostFigure) return value;
    add(record, at, fmt::format("expected a number of at least 0 and below {:g}, found '{}'", kMostFigure, cell));
    return {};
  }
  [[nodiscard]] std::optional<std::size_t> place_if_any(std::string_view name) const { return file_.column(name); }
  void require_filled(std::size_t record, std::size_t at) {
    if (file_.cell(record, at).empty()) add(record, at, "is empty");
  }
  template <class Value, std::size_t N>
  [[nodiscard]] Value choice(std::size_t record, std::size_t at, const NameTable<Value, N>& table, Value fallback) {
    const auto cell = file_.cell(record, at);
    if (cell.empty()) return fallback;
    const auto found = std::ranges::find(table, cell, &std::pair<std::string_view, Value>::first);
    if (found != table.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [name, value] : table) names.emplace_back(name);
    add(record, at, fmt::format("'{}' is not known: expected {}", cell, fmt::join(names, ", ")));
    return fallback;
  }

  void add(std::size_t record, std::size_t at, std::string what) {
    errors_.push_back({fmt::format("{}:{}:{}", file_.name, file_.line(record), at + 1),
                       fmt::format("{}: {}", file_.header[at], what),
                       {}});
  }

 private:
  const CsvFile& file_;
  Errors& errors_;
};

template <class Table>
std::vector<std::size_t> places(Cells& cells, const Table& table) {
  std::vector<std::size_t> out;
  for (const auto& column : table) out.push_back(cells.place(column.name));
  return out;
}

/// What a row has to have, whatever is drawn of it: the schema of this program, a point of its own, a status.
class RowChecks {
 public:
  explicit RowChecks(Cells& cells)
      : cells_{cells}, schema_{cells.place("schema")}, point_{cells.place("point")}, status_{cells.place("status")} {}

  void check(std::size_t record) {
    if (const auto schema = cells_.number(record, schema_); schema != kSweepSchema)
      cells_.add(record, schema_, fmt::format("expected {}", kSweepSchema));
    cells_.require_filled(record, point_);
    if (const auto point = cells_.number(record, point_); point && !points_.insert(*point).second)
      cells_.add(record, point_, fmt::format("{:.17g} is there twice: are these several sweeps?", *point));
    cells_.require_filled(record, status_);
  }

 private:
  Cells& cells_;
  std::size_t schema_ = 0, point_ = 0, status_ = 0;
  std::unordered_set<double> points_{};
};

/// A step lies in its interval.
bool is_in_order(const SweepRecord& r) {
  return !r.step_ms ||
         ((!r.step_low_ms || *r.step_low_ms <= *r.step_ms) && (!r.step_high_ms || *r.step_ms <= *r.step_high_ms));
}

}  // namespace

Result<std::vector<SweepRecord>> sweep_records(const CsvFile& file) {
  Errors errors;
  Cells cells{file, errors};
  const auto words = places(cells, kWords), counts = places(cells, kCounts), figures = places(cells, kFigures);
  const auto grade = cells.place("grade"), status = cells.place("status");
  const auto step = cells.place("step_ms"), requests = cells.place_if_any("requests_s").value_or(kAbsent);
  std::array<std::size_t, kLaterCounts.size()> later{};
  std::ranges::transform(kLaterCounts, later.begin(),
                         [&](const auto& column) { return cells.place_if_any(column.name).value_or(kAbsent); });
  RowChecks checks{cells};
  std::vector<SweepRecord> out;
  const bool complete = errors.empty();
  if (complete) out.reserve(file.records());
  for (std::size_t i = 0; complete && i < file.records() && errors.size() < kManyErrors; ++i) {
    SweepRecord r;
    checks.check(i);
    for (std::size_t k = 0; k < kWords.size(); ++k) r.*kWords[k].member = cells.word(i, words[k]);
    for (std::size_t k = 0; k < kCounts.size(); ++k)
      if (const auto value = cells.number(i, counts[k])) r.*kCounts[k].member = *value;
    for (std::size_t k = 0; k < kFigures.size(); ++k) r.*kFigures[k].member = cells.number(i, figures[k]);
    for (std::size_t k = 0; k < kLaterCounts.size(); ++k)
      if (later[k] != kAbsent) r.*kLaterCounts[k].member = cells.number(i, later[k]).value_or(0);
    if (requests != kAbsent) r.requests_s = cells.number(i, requests);
    if (!is_in_order(r)) cells.add(i, step, "does not lie between step_low_ms and step_high_ms");
    r.grade = cells.choice(i, grade, kGrades, Grade::theoretical);
    r.status = cells.choice(i, status, kStatuses, PointStatus::ok);
    out.push_back(std::move(r));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

}  // namespace roofcast
