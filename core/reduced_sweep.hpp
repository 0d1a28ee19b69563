#pragma once

#include <cstddef>
#include <functional>

#include "core/reduction.hpp"
#include "core/sweep.hpp"

namespace roofcast {

/// Evaluates the selected points on `jobs` threads, then hands the rows that are kept to `sink`, in index order as
/// text. In memory are the kept points' numbers and measures. `seen` hears how far the first pass is (all points before
/// `next_point` are judged). Either returns false to stop. Returns the rows handed over.
std::size_t reduced_text(const SweepGrid& grid, const SweepSelection& selection, const Reduction& reduction,
                         const RowFormat& format, int jobs, const std::function<bool(std::size_t next_point)>& seen,
                         const std::function<bool(const SweepChunk&)>& sink);

}  // namespace roofcast
