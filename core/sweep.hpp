#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/sweep_columns.hpp"
#include "core/sweep_evaluator.hpp"
#include "core/sweep_grid.hpp"

namespace roofcast {

/// Evaluates the selected points in index order and hands each row to `sink`; stops when it returns
/// false. Returns the rows handed over. A row is valid during the call only.
std::size_t sweep(const SweepGrid& grid, const SweepSelection& selection, const RowSink& sink);

/// How rows become text.
struct RowFormat {
  std::function<void(const SweepRow& row, std::string& out)> append = append_csv;  ///< called from any thread
  std::string_view between{};                                                      ///< two rows
};

/// Consecutive rows of a sweep as text.
struct SweepChunk {
  std::string text{};
  std::size_t rows = 0;
  std::size_t next_point = 0;  ///< all points before it are in this chunk or an earlier one, or left out
};

/// The same on `jobs` threads, rows as text: chunks come in index order on the calling thread, and together are
/// the same bytes for any number of jobs. A few chunks per job are in memory, however large the grid.
/// `sink` returns false to stop. Returns the rows handed over. @pre jobs >= 1.
std::size_t sweep_text(const SweepGrid& grid, const SweepSelection& selection, const RowFormat& format, int jobs,
                       const std::function<bool(const SweepChunk&)>& sink);

}  // namespace roofcast
