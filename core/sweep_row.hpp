#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiled_scenario.hpp"
#include "core/grade.hpp"
#include "core/scenario.hpp"
#include "core/serving_times.hpp"

namespace roofcast {

/// Answers a sweep point can have. `oom` and `unsupported` have no speed; `slo` runs, but too slowly.
enum class PointStatus { ok, oom, unsupported, slo };

[[nodiscard]] std::string_view name(PointStatus status);

/// Inputs and figures that all points of one deployment share: compiled once, read by every row.
struct SweepConfig {
  Scenario scenario{};  ///< without lengths and batch
  std::string attention{};
  std::string weight_dtype{};
  CompiledScenario compiled{};
  std::string unsupported{};            ///< why this deployment cannot be; empty: it can
  std::optional<int> undivided_gpus{};  ///< asked for, but no multiple of tp x pp: there is no dp then
  Bytes kv_per_token{};
  Bytes weights_per_gpu{};
  std::vector<std::string> cells{};  ///< CSV cells that are the same in every row (config_cells); empty: written anew
};

/// Names and cache of a deployment, nothing compiled: enough for one that cannot be.
[[nodiscard]] SweepConfig named_config(const Scenario& scenario);
[[nodiscard]] SweepConfig sweep_config(const Scenario& scenario);

/// One point. Absent figures are empty cells.
struct SweepRow {
  std::size_t point = 0;
  const SweepConfig* config = nullptr;
  std::optional<double> isl{};
  std::optional<double> osl{};
  double context = 0;
  double batch = 0;  ///< 0: nothing fits or can be, and nobody asked for a batch
  std::optional<Bytes> kv_per_gpu{};
  double max_batch_memory = 0;
  std::optional<Seconds> prefill{};
  std::optional<StepTime> step{};
  TimeRange step_range{};
  FeltTimes felt{};     ///< meaningful where there is a step
  double tokens_s = 0;  ///< likewise; all replicas
  double prefix_hit = 0;
  std::optional<double> requests_s{};       ///< that arrive
  std::optional<double> most_requests_s{};  ///< that can be served
  Grade grade = Grade::theoretical;
  std::optional<double> usd_mtok{};
  PointStatus status = PointStatus::ok;
  std::string_view reason{};
};

/// What points of one deployment and one length share, whatever their batch.
struct LengthFigures {
  double max_batch_memory = 0;
  const StageMemory* tightest = nullptr;  ///< of the config's stages
  Bytes kv_per_sequence{};                ///< on a GPU of that stage
  Seconds prefill{};
};

/// @pre `config` can be (unsupported is empty).
[[nodiscard]] LengthFigures length_figures(const SweepConfig& config, const Workload& workload);

/// Evaluates one point. @pre `workload` passed check_workload (scenario_errors); `figures` are of its length, or of
/// any where the config cannot be.
[[nodiscard]] SweepRow sweep_row(const SweepConfig& config, const LengthFigures& figures, const Workload& workload,
                                 std::size_t point);
[[nodiscard]] SweepRow sweep_row(const SweepConfig& config, const Workload& workload, std::size_t point);

/// One column of the sweep CSV: its name and how a row writes its cell.
struct SweepColumn {
  std::string_view name;
  void (*write)(const SweepRow& row, std::string& out);
  bool is_word = false;    ///< text; all others are numbers
  bool of_config = false;  ///< the same for all points of a config
};

/// The columns in the contract's order; append-only within kSweepSchema.
[[nodiscard]] std::span<const SweepColumn> sweep_columns();
inline constexpr int kSweepSchema = 1;

[[nodiscard]] std::string sweep_header();
/// The cells of a config's own columns, for SweepConfig::cells; empty text for the other columns.
[[nodiscard]] std::vector<std::string> config_cells(const SweepConfig& config);
/// Appends the row as a CSV line with its LF.
void append_csv(const SweepRow& row, std::string& out);

}  // namespace roofcast
