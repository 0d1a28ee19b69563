#include "hwmodels/length_histogram.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/csv_file.hpp"

namespace roofcast {
namespace {

/// One number of a record; what is wrong with it goes to `errors`.
double number(const CsvFile& table, std::size_t record, std::size_t column, Errors& errors) {
  const auto cell = table.cell(record, column);
  double value = 0;
  const auto [rest, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (failed != std::errc{} || rest != cell.data() + cell.size() || cell.empty())
    errors.push_back({fmt::format("{}:{}:{}", table.name, table.line(record), table.header[column]),
                      fmt::format("'{}' is not a number", cell)});
  return value;
}

}  // namespace

Result<LengthDistribution> load_length_histogram(const std::filesystem::path& file) {
  const auto table = read_csv_file(file);
  if (!table) return std::unexpected(table.error());
  const auto tokens = table->column("tokens"), count = table->column("count");
  Errors errors;
  for (const auto& [column, title] : {std::pair{tokens, "tokens"}, {count, "count"}})
    if (!column)
      errors.push_back({fmt::format("{}:1", table->name), fmt::format("has no column '{}'", title),
                        "a histogram of lengths is a CSV with the columns tokens,count"});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  std::vector<LengthShare> counts;
  for (std::size_t i = 0; i < table->records(); ++i)
    counts.push_back({number(*table, i, *tokens, errors), number(*table, i, *count, errors)});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return counted_lengths(table->name, std::move(counts));
}

}  // namespace roofcast
