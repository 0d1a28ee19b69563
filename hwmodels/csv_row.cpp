#include "hwmodels/csv_row.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr std::size_t kLongestRecord = 1u << 20;

enum class Reading { record, end, too_long, open_quote };

/// The next record. A quoted cell may hold commas, doubled quotes and line breaks.
Reading next_record(std::istream& in, std::vector<std::string>& cells) {
  cells.assign(1, {});
  bool quoted = false, any = false;
  std::size_t length = 0;
  for (int c = in.get(); c != std::char_traits<char>::eof(); c = in.get()) {
    any = true;
    if (++length > kLongestRecord) return Reading::too_long;
    if (quoted) {
      if (c != '"')
        cells.back() += static_cast<char>(c);
      else if (in.peek() == '"')
        cells.back() += static_cast<char>(in.get());
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      return Reading::record;
    } else if (c != '\r') {
      cells.back() += static_cast<char>(c);
    }
  }
  if (quoted) return Reading::open_quote;
  return any ? Reading::record : Reading::end;
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
  std::vector<std::string> record;
  for (std::size_t at = 0; at <= row; ++at) {
    const auto where = fmt::format("{}:row {}", shown, at);
    switch (next_record(in, record)) {
      case Reading::record:
        break;
      case Reading::too_long:
        return fail(where, fmt::format("is longer than {} bytes", kLongestRecord), "is this a CSV file?");
      case Reading::open_quote:
        return fail(where, "ends inside quotes");
      case Reading::end:
        if (at == 0) return fail(shown, "is empty");
        return usage_error(result.origin, fmt::format("the file has {} row{}", at - 1, at == 2 ? "" : "s"),
                           "row 1 is the first below the header");
    }
    if (at == 0) result.header = record;
  }
  if (record.size() != result.header.size())
    return fail(result.origin, fmt::format("{} cells under {} columns", record.size(), result.header.size()));
  result.cells = std::move(record);
  return result;
}

}  // namespace roofcast
