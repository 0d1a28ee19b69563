#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// What `--where` keeps: a condition over named columns, e.g. "tp*pp<=8 && context<=32Ki". Ready to be asked
/// for millions of points: columns are numbers, nothing is parsed or allocated again.
///
///   condition := and {"||" and}            and := not {"&&" not}
///   comparison := sum ("<" | "<=" | ">" | ">=" | "==" | "!=") sum
///   sum := product {("+" | "-") product}   product := unary {("*" | "/" | "%") unary}
///   unary := "-" unary | "!" unary | number | column | "(" condition ")"
struct WhereExpression {
  enum class Op {
    number,
    column,
    negate,
    invert,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    both,
    either
  };
  /// Reverse Polish: operands first.
  struct Step {
    Op op = Op::number;
    double number = 0;       ///< Op::number
    std::size_t column = 0;  ///< Op::column: index into the values
  };

  /// Values that wait at once; parse_where refuses what needs more.
  static constexpr std::size_t kDeepest = 64;

  std::vector<Step> steps{};
};

/// `columns` are the names that may be used. Errors name the position (1 = first character) and, for an unknown
/// column, the nearest name. Conditions and numbers are told apart: "tp*pp" alone or "tp=8" is an error.
[[nodiscard]] Result<WhereExpression> parse_where(std::string_view where, std::string_view text,
                                                  std::span<const std::string> columns);

/// Is the condition true for these values, one per column? Division by zero makes every comparison with it false.
[[nodiscard]] bool holds(const WhereExpression& expression, std::span<const double> values);

}  // namespace roofcast
