#include "hwmodels/csv_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/utf8.hpp"
#include "hwmodels/csv_record.hpp"
#include "hwmodels/packed_text.hpp"
#include "hwmodels/row_encoder.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
void check_header(const CsvFile& file, Errors& errors) {
  for (std::size_t at = 0; at < file.header.size(); ++at)
    if (file.column(file.header[at]) != at)
      errors.push_back({fmt::format("{}:1:{}", file.name, at + 1),
                        fmt::format("column '{}' occurs twice", file.header[at]), "names of columns must differ"});
}

/// What the text of a finished record may still be wrong in.
std::string problem(const CsvRecord& record, std::size_t columns) {
  for (std::size_t at = 0; at < record.cells(); ++at) {
    if (record.cell(at).contains('\0')) return "holds a zero byte: is this a text file?";
    if (!is_utf8(record.cell(at))) return fmt::format("cell {} is no UTF-8 text", at + 1);
  }
  if (columns > 0 && record.cells() != columns)
    return fmt::format("{} cells under {} columns", record.cells(), columns);
  return {};
}

void take_record(CsvFile& file, const CsvRecord& record, Errors& errors) {
  if (record.blank() && file.header.size() != 1) return;
  if (auto wrong = problem(record, file.header.size()); !wrong.empty()) {
    errors.push_back({fmt::format("{}:{}", file.name, record.first_line()), std::move(wrong), {}});
  } else if (file.header.empty()) {
    file.header = record.texts();
    check_header(file, errors);
  } else {
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at < record.cells(); ++at) cells.push_back(record.cell(at));
    file.append(cells, record.first_line());
  }
}

/// The text of a compressed file, no longer than that of a plain one may be.
Result<std::string> unpacked(const std::filesystem::path& file) {
  auto packed = PackedText::open(file);
  if (!packed) return std::unexpected(packed.error());
  std::string text;
  while (true) {
    const auto piece = packed->piece();
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) return text;
    text += *piece;
    if (text.size() > kMaxCsvBytes)
      return fail(file.string(), fmt::format("holds more than {} bytes of text", kMaxCsvBytes), {}, ErrorKind::file);
  }
}

}  // namespace

std::optional<std::size_t> CsvFile::column(std::string_view title) const {
  const auto it = std::ranges::find(header, title);
  if (it == header.end()) return {};
  return static_cast<std::size_t>(it - header.begin());
}

std::string_view CsvFile::cell(std::size_t record, std::size_t column) const {
  const std::size_t at = record * header.size() + column;
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(text_).substr(begin, ends_[at] - begin);
}

void CsvFile::append(const std::vector<std::string_view>& cells, std::size_t line) {
  for (const auto cell : cells) {
    text_ += cell;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  }
  lines_.push_back(static_cast<std::uint32_t>(line));
}

Result<CsvFile> parse_csv(std::string_view text, std::string_view name) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  CsvFile file;
  file.name = name;
  Errors errors;
  CsvRecord record;
  for (std::size_t at = 0; at <= text.size() && errors.size() < kManyErrors; ++at) {
    const auto step = at < text.size() ? record.take(text[at]) : record.finish();
    if (step == CsvRecord::Step::more) continue;
    if (step == CsvRecord::Step::wrong) {  // where the next record starts can no longer be told
      errors.push_back({fmt::format("{}:{}", name, record.first_line()), record.problem(), {}});
      break;
    }
    take_record(file, record, errors);
    record.clear();
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  if (file.header.empty()) return fail(std::string(name), "is empty: expected a header line");
  return file;
}

Result<CsvFile> read_csv_file(const std::filesystem::path& file) {
  const auto text = encoding_of(file) == Encoding::zstd ? unpacked(file) : read_text(file, kMaxCsvBytes);
  if (!text) return std::unexpected(text.error());
  return parse_csv(*text, file.string());
}

}  // namespace roofcast
