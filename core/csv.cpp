#include "core/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/shortest_decimal.hpp"

namespace roofcast {

char* write_number(double value, char* to) {
  constexpr double kExactIntegers = 0x1p53;
  // Counts and bytes as plain integers, never 1e+06.
  if (std::abs(value) < kExactIntegers)
    if (const auto whole = static_cast<long long>(value); static_cast<double>(whole) == value)
      return std::to_chars(to, to + kLongestNumber, whole).ptr;
  return write_shortest(value, to);
}

bool needs_quotes(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}

void append_cell(std::string& out, double value) {
  if (!std::isfinite(value)) return;
  std::array<char, kLongestNumber> buffer;
  out.append(buffer.data(), write_number(value, buffer.data()));
}

void append_cell(std::string& out, std::string_view text) {
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_cell(std::string& out, const std::optional<double>& value) {
  if (value) append_cell(out, *value);
}

}  // namespace roofcast
