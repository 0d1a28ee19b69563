#include "hwmodels/kept_rows.hpp"

#include <fmt/format.h>

#include "core/sweep_columns.hpp"
#include "hwmodels/csv_record.hpp"
#include "hwmodels/sweep_csv_row.hpp"

namespace roofcast {

void KeptRowsReader::take_line(std::string_view line) {
  if (header_.empty())
    header_ = line;
  else
    ++kept_.rows;
  last_line_ = line;
}

bool KeptRowsReader::read(std::string_view piece) {
  rest_ += piece;
  std::size_t line = 0;
  for (auto end = record_end(rest_, line); end != std::string::npos; end = record_end(rest_, line)) {
    take_line(std::string_view{rest_}.substr(line, end - line));
    line = end;
  }
  kept_.hash.update(std::string_view{rest_}.substr(0, line));
  kept_.bytes += line;
  rest_.erase(0, line);
  return rest_.size() <= kLongestCsvRecord;
}

Result<KeptRows> KeptRowsReader::kept(const SweepGrid& grid, const SweepSelection& selection,
                                      const std::string& where) const {
  const auto foreign = [&](std::string what) {
    return fail(where, std::move(what), "leave out --resume to start afresh", ErrorKind::file);
  };
  if (rest_.size() > kLongestCsvRecord) return foreign("is not a sweep's CSV: a line does not end");
  KeptRows kept = kept_;
  if (header_.empty()) return kept;
  if (header_ != sweep_header()) return foreign("is not a sweep's CSV: line 1 is not its header");
  if (kept.rows == 0) return kept;
  const auto point = row_point(last_line_);
  // Without a condition every point of the shard has a row.
  const std::size_t expected = point.value_or(0) / selection.shards + 1;
  if (!point || *point >= grid.points() || *point % selection.shards + 1 != selection.shard || kept.rows > expected ||
      (!selection.where && kept.rows != expected))
    return foreign(fmt::format("row {} is not the one that this sweep writes there", kept.rows));
  kept.next_point = *point + 1;
  return kept;
}

}  // namespace roofcast
