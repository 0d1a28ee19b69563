#include "hwmodels/sweep_merge.hpp"

#include <algorithm>
#include <queue>
#include <utility>

#include "hwmodels/shard_rows.hpp"
#include "hwmodels/sweep_csv_row.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kAllPieces = 64u << 20;  // of all shards together
constexpr std::size_t kLeastPiece = 16u << 10, kMostPiece = 1u << 20;
constexpr std::size_t kChunk = 256u << 10;

/// Every file is opened and its size and header checked before the first row goes out.
Result<std::vector<ShardRows>> readers(const ShardSet& set) {
  const std::size_t piece = std::clamp(kAllPieces / set.shards.size(), kLeastPiece, kMostPiece);
  std::vector<ShardRows> all;
  Errors errors;
  for (const auto& shard : set.shards) {
    if (auto rows = ShardRows::open(shard, piece))
      all.push_back(std::move(*rows));
    else
      errors.insert(errors.end(), rows.error().begin(), rows.error().end());
  }
  for (std::size_t i = 0; errors.empty() && i < all.size(); ++i)
    if (all[i].header() != all.front().header())
      errors.push_back({set.shards[i].file.string(),
                        "its columns are not those of " + set.shards.front().file.string(),
                        {},
                        ErrorKind::file});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return all;
}

/// Calls `row(point, text)` for every row by its point, until it returns false.
Result<void> each_row(const ShardSet& set, const std::function<bool(std::size_t, std::string_view)>& row) {
  auto all = readers(set);
  if (!all) return std::unexpected(all.error());
  using Head = std::pair<std::size_t, std::size_t>;  // a reader's next point, and the reader
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  const auto advance = [&](std::size_t reader) -> Result<void> {
    const auto more = (*all)[reader].next();
    if (!more) return std::unexpected(more.error());
    if (*more) heads.emplace((*all)[reader].point(), reader);
    return {};
  };
  for (std::size_t i = 0; i < all->size(); ++i)
    if (auto begun = advance(i); !begun) return std::unexpected(begun.error());
  while (!heads.empty()) {
    const auto [point, reader] = heads.top();
    heads.pop();
    if (!row(point, (*all)[reader].row())) break;
    if (auto done = advance(reader); !done) return std::unexpected(done.error());
  }
  return {};
}

/// The points that are kept of those of all shards.
Result<std::vector<std::size_t>> kept_points(const ShardSet& set, const Reduction& reduction) {
  KeptPoints kept{reduction};
  std::string one;
  std::vector<std::string_view> cells;
  const auto read = each_row(set, [&](std::size_t point, std::string_view row) {
    split_cells(row, cells);
    one.clear();
    kept.append_case(
        point, [&](std::size_t column) { return column < cells.size() ? cells[column] : std::string_view{}; }, one);
    kept.take(one);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return kept.points();
}

}  // namespace

Result<std::size_t> merged_rows(const ShardSet& set, const Reduction& reduction,
                                const std::function<bool(const SweepChunk&)>& sink) {
  std::vector<std::size_t> kept;
  if (!reduction.keeps_all()) {
    auto found = kept_points(set, reduction);
    if (!found) return std::unexpected(found.error());
    kept = std::move(*found);
  }
  auto next = kept.begin();
  std::size_t rows = 0;
  bool stopped = false;
  SweepChunk chunk{.text = sweep_header()};
  const auto read = each_row(set, [&](std::size_t point, std::string_view row) {
    if (!reduction.keeps_all() && (next == kept.end() || *next != point)) return true;
    if (next != kept.end()) ++next;
    chunk.text += row;
    chunk.next_point = point + 1;
    ++chunk.rows;
    ++rows;
    if (chunk.text.size() < kChunk) return true;
    stopped = !sink(chunk);
    chunk = {.next_point = chunk.next_point};
    return !stopped;
  });
  if (!read) return std::unexpected(read.error());
  if (!stopped) sink(chunk);
  return rows;
}

Result<Reduction> reduction_of(const SweepRequest& request) {
  const auto argument = [&](const char* name, std::string_view fallback) {
    const auto found = request.arguments.find(name);
    return found == request.arguments.end() ? fallback : std::string_view{found->second};
  };
  const auto per = kept_per();
  return parse_reduction(argument("keep", kKeepAll), argument("per", per));
}

SweepRequest merged_request(const ShardSet& set, std::vector<std::string> argv) {
  SweepRequest request = set.shards.front().manifest.request;
  request.argv = std::move(argv);
  request.shard = request.shards = 1;
  return request;
}

}  // namespace roofcast
