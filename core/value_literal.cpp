#include "core/value_literal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace roofcast {
namespace {

constexpr double kLargestWhole = 0x1p53;  // beyond it a double skips whole numbers

struct Suffix {
  std::string_view text{};
  double multiply = 1;
  double divide = 1;
  std::string_view binary_twin{};  ///< of a decimal prefix
  double twin_multiply = 1;
};

constexpr std::array kPrefixes{Suffix{.text = "Ki", .multiply = 0x1p10},
                               Suffix{.text = "Mi", .multiply = 0x1p20},
                               Suffix{.text = "Gi", .multiply = 0x1p30},
                               Suffix{.text = "k", .multiply = 1e3, .binary_twin = "Ki", .twin_multiply = 0x1p10},
                               Suffix{.text = "M", .multiply = 1e6, .binary_twin = "Mi", .twin_multiply = 0x1p20},
                               Suffix{.text = "G", .multiply = 1e9, .binary_twin = "Gi", .twin_multiply = 0x1p30}};
constexpr std::array kTimes{Suffix{.text = "ms", .divide = 1e3}, Suffix{.text = "us", .divide = 1e6},
                            Suffix{.text = "s"}};
constexpr std::array kPercent{Suffix{.text = "%", .divide = 100}};

std::string_view expected(ValueKind kind) {
  switch (kind) {
    case ValueKind::count:
      return "a whole number, e.g. 8 or 1Ki";
    case ValueKind::tokens:
      return "a number of tokens, e.g. 4096 or 32Ki";
    case ValueKind::number:
      return "a number, e.g. 0.5 or 2k";
    case ValueKind::fraction:
      return "a fraction, e.g. 0.9 or 90%";
    case ValueKind::time:
      return "a time with its unit, e.g. 50ms, 200us or 1.5s";
  }
  return "";
}

std::optional<Suffix> find_suffix(std::string_view text, ValueKind kind) {
  const auto in = [&](const auto& table) {
    const auto it = std::ranges::find(table, text, &Suffix::text);
    return it == table.end() ? std::nullopt : std::optional<Suffix>{*it};
  };
  if (text.empty() && kind != ValueKind::time) return Suffix{};
  if (kind == ValueKind::time) return in(kTimes);
  if (kind == ValueKind::fraction) return in(kPercent);
  return in(kPrefixes);
}

std::string suffix_hint(std::string_view suffix, ValueKind kind) {
  if (kind == ValueKind::time || kind == ValueKind::fraction || suffix.empty()) return {};
  const char c = suffix.front();
  if (c == 'k' || c == 'K') return "k is 1,000 and Ki is 1,024";
  if (c == 'm' || c == 'M') return "M is 1,000,000 and Mi is 1,048,576";
  if (c == 'g' || c == 'G') return "G is 1e9 and Gi is 2^30";
  return {};
}

/// Digits behind the point of "12.50": how far the numerator must be scaled to be whole.
int decimals(std::string_view mantissa) {
  const auto point = mantissa.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(mantissa.size() - point - 1);
}

/// value = numerator / 10^decimals with a whole numerator, when doubles hold both exactly.
Literal as_ratio(double value, int decimal_places) {
  if (decimal_places > 15) return {.numerator = value};
  const double scale = std::pow(10.0, decimal_places);
  const double numerator = std::round(value * scale);
  if (numerator > kLargestWhole || numerator / scale != value) return {.numerator = value};
  return {.numerator = numerator, .denominator = scale};
}

}  // namespace

bool is_whole(ValueKind kind) {
  return kind == ValueKind::count || kind == ValueKind::tokens;
}

std::string with_thousands(double whole) {
  const std::string digits = fmt::format("{:.0f}", whole);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

Result<Literal> parse_literal(std::string_view where, std::string_view text, ValueKind kind) {
  const auto bad = [&](std::string hint = {}) {
    return usage_error(std::string{where}, fmt::format("'{}': expected {}", text, expected(kind)), std::move(hint));
  };
  // from_chars takes "inf", "nan" and a minus sign; none of them is a quantity here.
  if (text.size() > 1 && text.front() == '-' && (text[1] == '.' || (text[1] >= '0' && text[1] <= '9')))
    return usage_error(std::string{where}, fmt::format("'{}' is below 0: expected {}", text, expected(kind)));
  if (text.empty() || std::string_view{".0123456789"}.find(text.front()) == text.npos) return bad();
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status == std::errc::result_out_of_range)
    return usage_error(std::string{where}, fmt::format("'{}' is out of range", text));
  if (status != std::errc{}) return bad();

  const auto mantissa = text.substr(0, static_cast<std::size_t>(end - text.data()));
  const auto suffix_text = text.substr(mantissa.size());
  const auto suffix = find_suffix(suffix_text, kind);
  if (!suffix) return bad(suffix_hint(suffix_text, kind));

  const bool has_exponent = mantissa.find_first_of("eE") != std::string_view::npos;
  Literal literal = has_exponent ? Literal{.numerator = value} : as_ratio(value, decimals(mantissa));
  literal.numerator *= suffix->multiply;
  literal.denominator *= suffix->divide;

  if (is_whole(kind)) {
    const double whole = literal.value();
    if (whole > kLargestWhole) return usage_error(std::string{where}, fmt::format("'{}' is out of range", text));
    if (whole != std::floor(whole)) return bad();
    if (kind == ValueKind::tokens && !suffix->binary_twin.empty()) {
      const double binary = value * suffix->twin_multiply;
      literal.note = fmt::format("{} is {}; {}{} is {}", text, with_thousands(whole), mantissa, suffix->binary_twin,
                                 with_thousands(binary));
    }
    literal = {.numerator = whole, .note = std::move(literal.note)};
  }
  return literal;
}

std::string counted(double whole, std::string_view noun) {
  return fmt::format("{} {}{}", with_thousands(whole), noun, whole == 1 ? "" : "s");
}

}  // namespace roofcast
