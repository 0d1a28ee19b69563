#include "hwmodels/csv_row.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "hwmodels/csv_record.hpp"

namespace roofcast {
namespace {

/// The next record of the stream; `more`: there is none.
CsvRecord::Step next_record(std::istream& in, CsvRecord& record) {
  record.clear();
  for (int c = in.get(); c != std::char_traits<char>::eof(); c = in.get())
    if (const auto step = record.take(static_cast<char>(c)); step != CsvRecord::Step::more) return step;
  return record.finish();
}

}  // namespace

std::optional<std::string> CsvRow::cell(std::string_view column) const {
  const auto it = std::ranges::find(header, column);
  if (it == header.end()) return {};
  return cells[static_cast<std::size_t>(it - header.begin())];
}

Result<CsvRow> read_csv_row(const std::filesystem::path& file, std::size_t row) {
  const auto shown = file.string();
  std::error_code unreadable;
  if (std::filesystem::is_directory(file, unreadable)) return fail(shown, "is a folder", {}, ErrorKind::file);
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(shown, fmt::format("cannot open: {}", std::strerror(errno)), {}, ErrorKind::file);

  CsvRow result{.origin = fmt::format("{}:row {}", shown, row)};
  CsvRecord record;
  for (std::size_t at = 0; at <= row; ++at) {
    switch (next_record(in, record)) {
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
