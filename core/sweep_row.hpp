#pragma once

#include <optional>
#include <string_view>

#include "core/grade.hpp"
#include "core/serving_times.hpp"
#include "core/sweep_block.hpp"

namespace roofcast {

class SweepCells;

/// Answers a sweep point can have. `oom` and `unsupported` have no speed; `slo` runs, but too slowly.
enum class PointStatus { ok, oom, unsupported, slo };

[[nodiscard]] std::string_view name(PointStatus status);

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
  FeltTimes felt{};  ///< meaningful where there is a step, as the rates are
  double tokens_s_user = 0;
  double tokens_s = 0;
  double tokens_s_gpu = 0;
  double prefix_hit = 0;
  std::optional<double> requests_s{};       ///< that arrive
  std::optional<double> most_requests_s{};  ///< that can be served
  Grade grade = Grade::theoretical;
  std::optional<double> usd_mtok{};
  PointStatus status = PointStatus::ok;
  std::string_view reason{};
  SweepCells* cells = nullptr;  ///< texts of the row above, for append_csv; absent: every cell is written anew
};

/// Evaluates one point. @pre `workload` passed check_workload (scenario_errors); `figures` are of its length, or of
/// any where the config cannot be.
[[nodiscard]] SweepRow sweep_row(const SweepConfig& config, const LengthFigures& figures, const Workload& workload,
                                 std::size_t point);
[[nodiscard]] SweepRow sweep_row(const SweepConfig& config, const Workload& workload, std::size_t point);

/// The point at place `i` of a block of its config and its lengths. @pre workload.batch is the block's at `i`.
[[nodiscard]] SweepRow sweep_row(const SweepConfig& config, const SweepBlock& block, std::size_t i,
                                 const Workload& workload, std::size_t point);

}  // namespace roofcast
