#include "core/sweep_evaluator.hpp"

#include <algorithm>

namespace roofcast {

SweepEvaluator::SweepEvaluator(const SweepGrid& grid, const SweepSelection& selection)
    : grid_{grid}, selection_{selection}, per_config_{grid.points_per_config()}, batches_{grid.batch_count()} {}

void SweepEvaluator::turn_to(std::size_t config) {
  if (config_index_ == config) return;
  config_ = grid_config(grid_, config);
  config_index_ = config;
  axis_ = {};
  cells_ = config_.unsupported.empty() ? SweepCells{config_} : SweepCells{};
}

bool SweepEvaluator::rows(const SelectedPoints& points, std::size_t first, std::size_t end, const RowSink& sink) {
  for (std::size_t k = first; k < end;) {
    const std::size_t point = points.point(k), within = point % per_config_;
    turn_to(point / per_config_);
    workload_ = grid_workload(grid_, within);
    group_.points.clear();
    group_.batches.clear();
    const std::size_t first_of_length = point - within % batches_;
    for (; k < end && points.point(k) < first_of_length + batches_; ++k) {
      set_batch(workload_, grid_, points.point(k) - first_of_length);
      if (selection_.where && !selection_.where(config_, workload_)) continue;
      group_.points.push_back(points.point(k));
      if (workload_.batch) group_.batches.push_back(*workload_.batch);
    }
    if (!hand_over(sink)) return false;
  }
  return true;
}

bool SweepEvaluator::hand_over(const RowSink& sink) {
  const bool can_be = config_.unsupported.empty();
  if (group_.points.empty()) return true;
  const LengthFigures figures = can_be ? length_figures(config_, workload_) : LengthFigures{};
  const auto fits = [&](double batch) { return batch <= figures.max_batch_memory; };
  const bool blocked = can_be && block_holds(config_, workload_) && std::ranges::any_of(group_.batches, fits);
  if (blocked) {
    if (axis_.batches() != group_.batches) axis_ = {config_, group_.batches};
    axis_.evaluate(workload_, figures, block_);
  }
  for (std::size_t i = 0; i < group_.points.size(); ++i) {
    if (!group_.batches.empty()) workload_.batch = static_cast<int>(group_.batches[i]);
    SweepRow row = blocked ? sweep_row(config_, block_, i, workload_, group_.points[i])
                           : sweep_row(config_, figures, workload_, group_.points[i]);
    if (can_be) row.cells = &cells_;
    if (!sink(row)) return false;
  }
  return true;
}

SelectedPoints::SelectedPoints(const SweepGrid& grid, const SweepSelection& selection) : stride_{selection.shards} {
  // The first point at or after first_point that is the shard's.
  const std::size_t ours = selection.shard - 1;
  const std::size_t before = selection.first_point > ours ? (selection.first_point - ours - 1) / stride_ + 1 : 0;
  first_ = ours + before * stride_;
  if (grid.points() > first_) count_ = (grid.points() - first_ - 1) / stride_ + 1;
}

}  // namespace roofcast
