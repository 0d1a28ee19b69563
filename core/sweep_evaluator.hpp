#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/sweep_cells.hpp"
#include "core/sweep_grid.hpp"

namespace roofcast {

/// The points that a selection of a grid has, by their ordinal: point of ordinal k, and how many there are.
class SelectedPoints {
 public:
  SelectedPoints(const SweepGrid& grid, const SweepSelection& selection);
  /// One point, whatever a selection says.
  [[nodiscard]] static SelectedPoints only(std::size_t point) { return SelectedPoints{point}; }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t point(std::size_t ordinal) const { return first_ + ordinal * stride_; }

 private:
  explicit SelectedPoints(std::size_t point) : first_{point}, count_{1} {}

  std::size_t first_ = 0;
  std::size_t stride_ = 1;
  std::size_t count_ = 0;
};

/// Takes a row, which is valid during the call only; false: no more.
using RowSink = std::function<bool(const SweepRow&)>;

/// Evaluates points of a grid, those of one deployment and one length together; what the next ones share with them is
/// kept.
class SweepEvaluator {
 public:
  /// Both must outlive it.
  SweepEvaluator(const SweepGrid& grid, const SweepSelection& selection);
  SweepEvaluator(const SweepEvaluator&) = delete;  // rows point into it
  SweepEvaluator& operator=(const SweepEvaluator&) = delete;

  /// Hands over the rows of the points with ordinals first to end - 1 of `points`, but for those that the selection's
  /// `where` leaves out. False when the sink took no more.
  bool rows(const SelectedPoints& points, std::size_t first, std::size_t end, const RowSink& sink);

 private:
  /// Points of one config and one length.
  struct Group {
    std::vector<std::size_t> points{};
    std::vector<double> batches{};  ///< of the points; empty: nobody asked for one
  };

  void turn_to(std::size_t config);
  bool hand_over(const RowSink& sink);

  const SweepGrid& grid_;
  const SweepSelection& selection_;
  std::size_t per_config_;
  std::size_t batches_;
  std::optional<std::size_t> config_index_{};
  SweepConfig config_{};
  BatchAxis axis_{};  ///< of the config and the group's batches
  SweepCells cells_{};
  Group group_{};
  Workload workload_{};  ///< of the group
  SweepBlock block_{};
};

}  // namespace roofcast
