#include "core/reduced_sweep.hpp"

#include "core/sweep_evaluator.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kChunkRows = 1024;

}  // namespace

std::size_t reduced_text(const SweepGrid& grid, const SweepSelection& selection, const Reduction& reduction,
                         const RowFormat& format, int jobs, const std::function<bool(std::size_t next_point)>& seen,
                         const std::function<bool(const SweepChunk&)>& sink) {
  KeptPoints kept{reduction};
  const RowFormat cases{.append = [&](const SweepRow& row, std::string& out) { kept.append_case(row, out); }};
  bool stopped = false;
  sweep_text(grid, selection, cases, jobs, [&](const SweepChunk& chunk) {
    kept.take(chunk.text);
    stopped = !seen(chunk.next_point);
    return !stopped;
  });
  if (stopped) return 0;

  // Kept rows are few: to compute them again costs less than to have kept every candidate's text.
  SweepEvaluator evaluator{grid, selection};
  std::size_t rows = 0;
  SweepChunk chunk;
  const auto append = [&](const SweepRow& row) {
    if (rows++ > 0) chunk.text += format.between;
    format.append(row, chunk.text);
    chunk.next_point = row.point + 1;
    if (++chunk.rows < kChunkRows) return true;
    const bool goes_on = sink(chunk);
    chunk = {};
    return goes_on;
  };
  for (const auto point : kept.points())
    if (!evaluator.rows(SelectedPoints::only(point), 0, 1, append)) break;
  if (chunk.rows > 0) sink(chunk);
  return rows;
}

}  // namespace roofcast
