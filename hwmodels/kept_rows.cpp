#include "hwmodels/kept_rows.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/sweep_row.hpp"

namespace roofcast {
namespace {

/// No row is longer; what is has lost its line ends.
constexpr std::size_t kLongestLine = 1u << 20;

/// The second cell, `point` behind `schema`.
std::optional<std::size_t> point_of(std::string_view line) {
  const auto comma = line.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view cell = line.substr(comma + 1, line.find(',', comma + 1) - comma - 1);
  std::size_t point = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), point);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return point;
}

}  // namespace

void KeptRowsReader::take_line(std::string_view line) {
  if (header_.empty())
    header_ = line;
  else
    ++kept_.rows;
  last_line_ = line;
}

bool KeptRowsReader::read(std::string_view piece) {
  std::size_t scanned = rest_.size();
  rest_ += piece;
  std::size_t line = 0;
  for (; scanned < rest_.size(); ++scanned) {
    if (rest_[scanned] == '"') quoted_ = !quoted_;  // a doubled quote turns twice
    if (rest_[scanned] != '\n' || quoted_) continue;
    take_line(std::string_view{rest_}.substr(line, scanned + 1 - line));
    line = scanned + 1;
  }
  kept_.hash.update(std::string_view{rest_}.substr(0, line));
  kept_.bytes += line;
  rest_.erase(0, line);
  return rest_.size() <= kLongestLine;
}

Result<KeptRows> KeptRowsReader::kept(const SweepGrid& grid, const SweepSelection& selection,
                                      const std::string& where) const {
  const auto foreign = [&](std::string what) {
    return fail(where, std::move(what), "leave out --resume to start afresh", ErrorKind::file);
  };
  if (rest_.size() > kLongestLine) return foreign("is not a sweep's CSV: a line does not end");
  KeptRows kept = kept_;
  if (header_.empty()) return kept;
  if (header_ != sweep_header()) return foreign("is not a sweep's CSV: line 1 is not its header");
  if (kept.rows == 0) return kept;
  const auto point = point_of(last_line_);
  // Without a condition every point of the shard has a row.
  const std::size_t expected = point.value_or(0) / selection.shards + 1;
  if (!point || *point >= grid.points() || *point % selection.shards + 1 != selection.shard || kept.rows > expected ||
      (!selection.where && kept.rows != expected))
    return foreign(fmt::format("row {} is not the one that this sweep writes there", kept.rows));
  kept.next_point = *point + 1;
  return kept;
}

}  // namespace roofcast
