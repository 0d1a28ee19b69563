#include "hwmodels/sweep_merge.hpp"

#include <algorithm>
#include <queue>
#include <utility>

#include "hwmodels/shard_rows.hpp"

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

}  // namespace

Result<std::size_t> merged_rows(const ShardSet& set, const std::function<bool(const SweepChunk&)>& sink) {
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

  std::size_t rows = 0;
  SweepChunk chunk{.text = all->front().header()};
  while (!heads.empty()) {
    const auto [point, reader] = heads.top();
    heads.pop();
    chunk.text += (*all)[reader].row();
    chunk.next_point = point + 1;
    ++chunk.rows;
    ++rows;
    if (auto done = advance(reader); !done) return std::unexpected(done.error());
    if (chunk.text.size() < kChunk) continue;
    if (!sink(chunk)) return rows;
    chunk = {.next_point = chunk.next_point};
  }
  sink(chunk);
  return rows;
}

SweepRequest merged_request(const ShardSet& set, std::vector<std::string> argv) {
  SweepRequest request = set.shards.front().manifest.request;
  request.argv = std::move(argv);
  request.shard = request.shards = 1;
  return request;
}

}  // namespace roofcast
