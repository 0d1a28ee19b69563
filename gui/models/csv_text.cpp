// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/csv_text.hpp"

#include <QFile>
#include <algorithm>
#include <charconv>
#include <utility>

#include "core/lower_case.hpp"
#include "gui/text.hpp"
#include "hwmodels/sweep_csv_row.hpp"

namespace roofcast::gui {
namespace {

constexpr std::size_t kMostRecords = 0xffffffff;
constexpr qint64 kPiece = 8 << 20;

std::string_view view(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Cell number `column` of a record, unquoted; empty where there are fewer.
std::string cell_of(std::string_view record, std::size_t column) {
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  std::string out;
  std::size_t at = 0;
  bool quoted = false;
  for (const char c : record) {
    if (c == '"') {
      quoted = !quoted;
      if (quoted && at == column && !out.empty()) out += '"';  // two quotes inside quotes stand for one
    } else if (c == ',' && !quoted) {
      if (at == column) return out;
      ++at;
    } else if (at == column) {
      out += c;
    }
  }
  return at == column ? out : std::string{};
}

std::optional<double> number_of(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc{} && end == cell.data() + cell.size() && !cell.empty() ? std::optional{value}
                                                                                   : std::nullopt;
}

/// Numbers before texts, empty cells last whichever the direction.
struct SortKey {
  std::optional<double> number{};
  std::string text{};
  std::uint32_t record = 0;

  [[nodiscard]] int rank() const { return number ? 0 : text.empty() ? 2 : 1; }
};

bool before(const SortKey& a, const SortKey& b, bool descending) {
  if (a.rank() != b.rank()) return a.rank() < b.rank();
  const SortKey& low = descending ? b : a;
  const SortKey& high = descending ? a : b;
  return a.number ? *low.number < *high.number : low.text < high.text;
}

}  // namespace

CsvText::CsvText(QByteArray bytes) : bytes_{std::move(bytes)} {
  const auto text = view(bytes_);
  const auto end = record_end(text, 0);
  header_end_ = std::min(end, text.size());
  const auto head = text.substr(0, header_end_);
  const auto columns = static_cast<std::size_t>(std::ranges::count(head, ',')) + 1;
  for (std::size_t c = 0; c < columns; ++c)
    if (auto name = cell_of(head, c); !name.empty()) header_.push_back(std::move(name));
  for (std::size_t begin = header_end_; begin < text.size() && begins_.size() < kMostRecords;) {
    begins_.push_back(begin);
    begin = std::min(record_end(text, begin), text.size());
  }
}

Result<std::shared_ptr<const CsvText>> CsvText::read(const QString& file, JobControl& control) {
  QFile in(file);
  if (!in.open(QIODevice::ReadOnly)) return fail(utf8(file), utf8(in.errorString()), {}, ErrorKind::file);
  QByteArray bytes;
  const auto size = in.size();
  while (!in.atEnd() && !control.cancelled()) {
    const auto piece = in.read(kPiece);
    if (piece.isEmpty()) break;
    bytes += piece;
    if (size > 0 && control.progress) control.progress(static_cast<double>(bytes.size()) / static_cast<double>(size));
  }
  if (in.error() != QFileDevice::NoError) return fail(utf8(file), utf8(in.errorString()), {}, ErrorKind::file);
  if (bytes.contains('\0')) return fail(utf8(file), "is no text", "expected a CSV file");
  auto table = std::make_shared<const CsvText>(std::move(bytes));
  if (table->header().size() < 2) return fail(utf8(file), "has no header of a CSV file", "expected columns in line 1");
  return table;
}

std::string_view CsvText::record(std::size_t record) const {
  const auto begin = begins_[record];
  const auto end = record + 1 < begins_.size() ? begins_[record + 1] : static_cast<std::uint64_t>(bytes_.size());
  return view(bytes_).substr(begin, end - begin);
}

std::string CsvText::cell(std::size_t record_index, std::size_t column) const {
  return cell_of(record(record_index), column);
}

std::optional<double> CsvText::number(std::size_t record_index, std::size_t column) const {
  return number_of(cell(record_index, column));
}

std::string CsvText::sample(std::size_t most) const {
  std::string out(view(bytes_).substr(0, header_end_));
  const std::size_t stride = std::max<std::size_t>(1, (records() + most - 1) / std::max<std::size_t>(1, most));
  for (std::size_t r = 0; r < records(); r += stride) out += record(r);
  return out;
}

std::vector<std::uint32_t> ordered_records(const CsvText& table, const std::string& filter, int column, bool descending,
                                           const JobControl& control) {
  const std::string wanted = lower_case(filter);
  std::vector<SortKey> keys;
  for (std::size_t r = 0; r < table.records() && !control.cancelled(); ++r) {
    if (!wanted.empty() && !lower_case(table.record(r)).contains(wanted)) continue;
    SortKey key{.record = static_cast<std::uint32_t>(r)};
    if (column >= 0) {
      key.text = table.cell(r, static_cast<std::size_t>(column));
      key.number = number_of(key.text);
      if (key.number) key.text.clear();
    }
    keys.push_back(std::move(key));
  }
  if (column >= 0)
    std::ranges::stable_sort(keys, [&](const auto& a, const auto& b) { return before(a, b, descending); });
  std::vector<std::uint32_t> out(keys.size());
  std::ranges::transform(keys, out.begin(), &SortKey::record);
  return out;
}

}  // namespace roofcast::gui
