#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/value_literal.hpp"

namespace roofcast {

/// How a range walks from its start to its end.
enum class StepKind {
  single,    ///< one value
  add,       ///< A..B:S   A, A+S, ...
  multiply,  ///< A..B:xF  A, A·F, ...
  linear,    ///< A..B:#N  N points, equal differences
  log,       ///< A..B:#Nlog  N points, equal ratios
};

/// Values that are computed when asked for: a range of 10^12 values costs as much as one of two.
struct ValueRange {
  StepKind kind = StepKind::single;
  double first = 0;  ///< numerators over `denominator`, see Literal
  double last = 0;   ///< the written end; the last value is below it when the end is not hit
  double step = 0;   ///< add: a numerator; multiply: the factor
  double denominator = 1;
  std::int64_t count = 1;
  bool whole = false;  ///< points of #N are rounded to whole numbers

  /// Value number i of `count`, ascending.
  [[nodiscard]] double at(std::int64_t i) const;

  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// Does the last value equal the written end?
[[nodiscard]] bool hits_end(const ValueRange& range);

/// "A..B", "A..B:S", "A..B:xF", "A..B:#N", "A..B:#Nlog" or one literal; notes are appended.
[[nodiscard]] Result<ValueRange> parse_range(std::string_view where, std::string_view text, ValueKind kind,
                                             std::vector<std::string>& notes);

}  // namespace roofcast
