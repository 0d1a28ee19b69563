#include "core/sweep_evaluator.hpp"

#include <algorithm>

namespace roofcast {

SweepEvaluator::SweepEvaluator(const SweepGrid& grid, const SweepSelection& selection)
    : grid_{grid}, selection_{selection}, per_config_{grid.points_per_config()}, batches_{grid.batch_count()} {}

std::optional<SweepRow> SweepEvaluator::at(std::size_t point) {
  const std::size_t config = point / per_config_, within = point % per_config_;
  if (config_index_ != config) {
    config_ = grid_config(grid_, config);
    config_.cells = config_cells(config_);
    config_index_ = config;
    length_index_.reset();
  }
  const std::size_t length = within / batches_;
  if (length_index_ != length) {
    workload_ = grid_workload(grid_, within);
    figures_.reset();
    length_index_ = length;
  }
  set_batch(workload_, grid_, within % batches_);
  if (selection_.where && !selection_.where(config_, workload_)) return std::nullopt;
  if (!figures_) figures_ = config_.unsupported.empty() ? length_figures(config_, workload_) : LengthFigures{};
  return sweep_row(config_, *figures_, workload_, point);
}

SelectedPoints::SelectedPoints(const SweepGrid& grid, const SweepSelection& selection) : stride_{selection.shards} {
  // The first point at or after first_point that is the shard's.
  const std::size_t ours = selection.shard - 1;
  const std::size_t before = selection.first_point > ours ? (selection.first_point - ours - 1) / stride_ + 1 : 0;
  first_ = ours + before * stride_;
  if (grid.points() > first_) count_ = (grid.points() - first_ - 1) / stride_ + 1;
}

}  // namespace roofcast
