#include "core/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace roofcast {

void append_cell(std::string& out, double value) {
  if (!std::isfinite(value)) return;
  std::array<char, 32> buffer;
  constexpr double kExactIntegers = 0x1p53;
  // Counts and bytes as plain integers, never 1e+06.
  const auto end = value == std::floor(value) && std::abs(value) < kExactIntegers
                       ? std::to_chars(buffer.begin(), buffer.end(), static_cast<long long>(value)).ptr
                       : std::to_chars(buffer.begin(), buffer.end(), value).ptr;
  out.append(buffer.begin(), end);
}

void append_cell(std::string& out, std::string_view text) {
  if (std::ranges::none_of(text, [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; })) {
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
