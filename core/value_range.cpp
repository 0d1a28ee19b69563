#include "core/value_range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace roofcast {
namespace {

constexpr double kMostValues = 0x1p53;
constexpr double kRounding = 1e-12;  // relative; what a few multiplications of doubles may lose

/// 9.999999999999998 -> 10: a power of a root is a few units in the last place off what a user expects.
double without_rounding_dust(double value) {
  const std::string text = fmt::format("{:.13g}", value);
  double clean = value;
  std::from_chars(text.data(), text.data() + text.size(), clean);
  return clean;
}

std::string shown(double value, ValueKind kind) {
  return kind == ValueKind::time ? fmt::format("{}s", value) : fmt::format("{}", value);
}

/// One range while it is read: the pieces of its text, and where to complain.
struct RangeText {
  std::string_view where;
  std::string_view text;  ///< the whole item, for messages
  ValueKind kind;

  [[nodiscard]] std::unexpected<Errors> bad(std::string_view why, std::string hint = {}) const {
    return usage_error(std::string{where}, fmt::format("'{}': {}", text, why), std::move(hint));
  }
};

Result<ValueRange> evenly(const RangeText& source, ValueRange range, double count) {
  if (!(count < kMostValues)) return source.bad("more than 9e15 values", "take a larger step");
  range.count = static_cast<std::int64_t>(count);
  return range;
}

Result<ValueRange> added(const RangeText& source, ValueRange range, const Literal& step) {
  range.kind = StepKind::add;
  const double denominator = std::max(range.denominator, step.denominator);
  range.first *= denominator / range.denominator;
  range.last *= denominator / range.denominator;
  range.step = step.numerator * (denominator / step.denominator);
  range.denominator = denominator;
  if (range.step <= 0) return source.bad("the step must be above 0");
  double steps = std::floor((range.last - range.first) / range.step);
  if (range.first + steps * range.step > range.last) --steps;
  return evenly(source, range, steps + 1);
}

Result<ValueRange> multiplied(const RangeText& source, ValueRange range, double factor) {
  range.kind = StepKind::multiply;
  range.step = factor;
  if (!(factor > 1)) return source.bad("the factor must be above 1");
  if (range.first <= 0) return source.bad("a range with a factor must start above 0");
  const double end = range.last * (1 + kRounding);
  double steps = std::floor(std::log(range.last / range.first) / std::log(factor));
  while (range.first * std::pow(factor, steps + 1) <= end) ++steps;
  while (steps > 0 && range.first * std::pow(factor, steps) > end) --steps;
  const auto result = evenly(source, range, steps + 1);
  if (!result || !range.whole) return result;
  for (std::int64_t i = 0; i < result->count; ++i)
    if (const double value = result->at(i); value != std::floor(value))
      return source.bad(fmt::format("{} is not a whole number", value), "use x2, or #N for N points");
  return result;
}

/// Neighbours closer than 1 may round to the same whole number; #N promises N different points.
bool has_twins(const ValueRange& range) {
  if (!range.whole || range.count < 2) return false;
  const double points = static_cast<double>(range.count);
  if (points > range.last - range.first + 1) return true;
  if (range.kind == StepKind::linear) return false;
  for (std::int64_t i = 1; i < range.count; ++i) {
    const double before = range.at(i - 1);
    if (range.at(i) == before) return true;
    if (before * (std::pow(range.last / range.first, 1 / (points - 1)) - 1) > 2) return false;
  }
  return false;
}

Result<ValueRange> pointed(const RangeText& source, ValueRange range, std::string_view text) {
  range.kind = text.ends_with("log") ? StepKind::log : StepKind::linear;
  if (range.kind == StepKind::log) text.remove_suffix(3);
  const auto points = parse_literal(source.where, text, ValueKind::count);
  if (!points) return source.bad(fmt::format("'#{}': expected a number of points, e.g. #8 or #8log", text));
  if (points->value() < 2) return source.bad("#N needs at least 2 points, the two ends");
  if (range.kind == StepKind::log && range.first <= 0) return source.bad("a log range must start above 0");
  if (range.first == range.last) return source.bad("#N needs two different ends");
  auto result = evenly(source, range, points->value());
  if (result && has_twins(*result))
    return source.bad(fmt::format("no {} different whole numbers", text), "ask for fewer points");
  return result;
}

}  // namespace

double ValueRange::at(std::int64_t i) const {
  const auto n = static_cast<double>(i);
  const auto end = static_cast<double>(count - 1);
  if (i == 0) return first / denominator;
  switch (kind) {
    case StepKind::single:
      break;
    case StepKind::add:
      return (first + n * step) / denominator;
    case StepKind::multiply: {
      const double value = first * std::pow(step, n);
      return (std::abs(value - last) <= kRounding * last ? last : value) / denominator;
    }
    case StepKind::linear: {
      if (n == end) return last / denominator;
      const double value = (first * (end - n) + last * n) / (end * denominator);
      return whole ? std::round(value) : value;
    }
    case StepKind::log: {
      if (n == end) return last / denominator;
      const double value = without_rounding_dust(first * std::pow(last / first, n / end) / denominator);
      return whole ? std::round(value) : value;
    }
  }
  return first / denominator;
}

bool hits_end(const ValueRange& range) {
  return range.at(range.count - 1) == range.last / range.denominator;
}

Result<ValueRange> parse_range(std::string_view where, std::string_view text, ValueKind kind,
                               std::vector<std::string>& notes) {
  const RangeText source{where, text, kind};
  const auto dots = text.find("..");
  const auto add_note = [&](const Literal& literal) {
    if (!literal.note.empty()) notes.push_back(fmt::format("{}: {}", where, literal.note));
  };
  if (dots == std::string_view::npos) {
    const auto literal = parse_literal(where, text, kind);
    if (!literal) return std::unexpected(literal.error());
    add_note(*literal);
    return ValueRange{.first = literal->numerator,
                      .last = literal->numerator,
                      .denominator = literal->denominator,
                      .whole = is_whole(kind)};
  }
  const auto colon = text.find(':', dots);
  const auto first = parse_literal(where, text.substr(0, dots), kind);
  if (!first) return std::unexpected(first.error());
  const auto last = parse_literal(where, text.substr(dots + 2, colon == text.npos ? colon : colon - dots - 2), kind);
  if (!last) return std::unexpected(last.error());
  add_note(*first);
  add_note(*last);

  const double denominator = std::max(first->denominator, last->denominator);
  const ValueRange range{.first = first->numerator * (denominator / first->denominator),
                         .last = last->numerator * (denominator / last->denominator),
                         .denominator = denominator,
                         .whole = is_whole(kind)};
  if (range.last < range.first) return source.bad("the end is below the start");
  if (colon == text.npos && !range.whole) return source.bad("a step is needed", fmt::format("e.g. {}:#5", text));

  const auto step = colon == text.npos ? std::string_view{"1"} : text.substr(colon + 1);
  Result<ValueRange> result = std::unexpected(Errors{});
  if (step.starts_with('#')) {
    result = pointed(source, range, step.substr(1));
  } else if (step.starts_with('x')) {
    const auto factor = parse_literal(where, step.substr(1), ValueKind::number);
    if (!factor) return source.bad(fmt::format("'{}': expected a factor, e.g. x2", step));
    result = multiplied(source, range, factor->value());
  } else {
    const auto literal = parse_literal(where, step, kind);
    if (!literal) return source.bad(fmt::format("step '{}': expected e.g. 512, x2, #8 or #8log", step));
    add_note(*literal);
    result = added(source, range, *literal);
  }
  if (result && !hits_end(*result))
    notes.push_back(fmt::format("{}: '{}' ends at {}; {} is not hit", where, text,
                                shown(result->at(result->count - 1), kind),
                                text.substr(dots + 2, colon == text.npos ? colon : colon - dots - 2)));
  return result;
}

}  // namespace roofcast
