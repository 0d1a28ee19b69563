#include "hwmodels/csv_row.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/csv_record.hpp"
#include "hwmodels/packed_text.hpp"

namespace roofcast {
namespace {

/// Records of a file one after the other.
class Records {
 public:
  explicit Records(PackedText text) : text_{std::move(text)} {}

  /// The next record; `more`: there is none.
  Result<CsvRecord::Step> next(CsvRecord& record) {
    record.clear();
    while (true) {
      while (!piece_.empty()) {
        const char c = piece_.front();
        piece_.remove_prefix(1);
        if (const auto step = record.take(c); step != CsvRecord::Step::more) return step;
      }
      const auto more = text_.piece();
      if (!more) return std::unexpected(more.error());
      if (more->empty()) return record.finish();
      piece_ = *more;
    }
  }

 private:
  PackedText text_;
  std::string_view piece_{};
};

}  // namespace

std::optional<std::string> CsvRow::cell(std::string_view column) const {
  const auto it = std::ranges::find(header, column);
  if (it == header.end()) return {};
  return cells[static_cast<std::size_t>(it - header.begin())];
}

Result<CsvRow> read_csv_row(const std::filesystem::path& file, std::size_t row) {
  const auto shown = file.string();
  auto text = PackedText::open(file);
  if (!text) return std::unexpected(text.error());
  Records records(std::move(*text));

  CsvRow result{.origin = fmt::format("{}:row {}", shown, row)};
  CsvRecord record;
  for (std::size_t at = 0; at <= row; ++at) {
    const auto step = records.next(record);
    if (!step) return std::unexpected(step.error());
    switch (*step) {
      case CsvRecord::Step::complete:
        break;
      case CsvRecord::Step::wrong:
        return fail(fmt::format("{}:row {}", shown, at), record.problem());
      case CsvRecord::Step::more:
        if (at == 0) return fail(shown, "is empty");
        return usage_error(result.origin, fmt::format("the file has {} row{}", at - 1, at == 2 ? "" : "s"),
                           "row 1 is the first below the header");
    }
    if (at == 0) result.header = record.texts();
  }
  result.cells = record.texts();
  if (result.cells.size() != result.header.size())
    return fail(result.origin, fmt::format("{} cells under {} columns", result.cells.size(), result.header.size()));
  return result;
}

}  // namespace roofcast
