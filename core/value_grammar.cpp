#include "core/value_grammar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace roofcast {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

void append(Errors& errors, const Errors& more) {
  errors.insert(errors.end(), more.begin(), more.end());
}

}  // namespace

std::int64_t ValueList::count() const {
  return std::accumulate(ranges.begin(), ranges.end(), std::int64_t{0},
                         [](std::int64_t sum, const ValueRange& r) { return sum + r.count; });
}

double ValueList::at(std::int64_t i) const {
  auto range = ranges.begin();
  for (; i >= range->count; ++range) i -= range->count;
  return range->at(i);
}

Result<ValueList> parse_values(std::string_view where, std::string_view text, ValueKind kind) {
  ValueList list;
  Errors errors;
  for (const auto item : split(text, ',')) {
    if (auto range = parse_range(where, item, kind, list.notes))
      list.ranges.push_back(*range);
    else
      append(errors, range.error());
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  std::ranges::sort(list.notes);
  list.notes.erase(std::unique(list.notes.begin(), list.notes.end()), list.notes.end());
  return list;
}

Result<std::vector<std::string>> parse_words(std::string_view where, std::string_view text) {
  std::vector<std::string> words;
  for (const auto word : split(text, ',')) {
    if (word.empty())
      return usage_error(std::string{where}, fmt::format("'{}': an empty item", text),
                         "items are separated by one comma");
    words.emplace_back(word);
  }
  return words;
}

Result<Zip> parse_zip(std::string_view where, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    return usage_error(std::string{where}, fmt::format("'{}': expected NAME,NAME=A:B,A:B", text),
                       "e.g. isl,osl=1024:128,8192:1024");
  auto names = parse_words(where, text.substr(0, equals));
  if (!names) return std::unexpected(names.error());
  Zip zip{.names = std::move(*names)};
  Errors errors;
  for (const auto tuple : split(text.substr(equals + 1), ',')) {
    const auto values = split(tuple, ':');
    const bool whole = values.size() == zip.names.size() && std::ranges::find(values, "") == values.end();
    if (whole)
      zip.rows.emplace_back(values.begin(), values.end());
    else
      append(errors, {{std::string{where},
                       fmt::format("'{}': expected {} values joined by ':', one for each of {}", tuple,
                                   zip.names.size(), text.substr(0, equals)),
                       {},
                       ErrorKind::usage}});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return zip;
}

}  // namespace roofcast
