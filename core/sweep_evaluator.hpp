#pragma once

#include <optional>

#include "core/sweep_grid.hpp"

namespace roofcast {

/// Evaluates points of a grid; what neighbours share, their deployment and their length, is computed once.
class SweepEvaluator {
 public:
  /// Both must outlive it.
  SweepEvaluator(const SweepGrid& grid, const SweepSelection& selection);

  /// Nullopt where the selection's `where` leaves the point out. The row refers to this object until the next call.
  [[nodiscard]] std::optional<SweepRow> at(std::size_t point);

 private:
  const SweepGrid& grid_;
  const SweepSelection& selection_;
  std::size_t per_config_;
  std::size_t batches_;
  std::optional<std::size_t> config_index_{};
  std::optional<std::size_t> length_index_{};  ///< within the config
  SweepConfig config_{};
  Workload workload_{};  ///< of the length
  std::optional<LengthFigures> figures_{};
};

/// The points that a selection of a grid has, by their ordinal: point of ordinal k, and how many there are.
class SelectedPoints {
 public:
  SelectedPoints(const SweepGrid& grid, const SweepSelection& selection);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t point(std::size_t ordinal) const { return first_ + ordinal * stride_; }

 private:
  std::size_t first_ = 0;
  std::size_t stride_ = 1;
  std::size_t count_ = 0;
};

}  // namespace roofcast
