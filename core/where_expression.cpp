#include "core/where_expression.hpp"

#include <array>
#include <cmath>

namespace roofcast {
namespace {

using Op = WhereExpression::Op;

double applied(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return b == 0 ? std::nan("") : a / b;  // not infinity: "x/0 > 1" must not hold
    case Op::modulo:
      return std::fmod(a, b);
    case Op::less:
      return a < b ? 1 : 0;
    case Op::less_equal:
      return a <= b ? 1 : 0;
    case Op::greater:
      return a > b ? 1 : 0;
    case Op::greater_equal:
      return a >= b ? 1 : 0;
    case Op::equal:
      return a == b ? 1 : 0;
    case Op::not_equal:
      return a < b || a > b ? 1 : 0;  // unlike !=, false for an undefined value
    case Op::both:
      return a != 0 && b != 0 ? 1 : 0;
    case Op::either:
      return a != 0 || b != 0 ? 1 : 0;
    case Op::number:
    case Op::column:
    case Op::negate:
    case Op::invert:
      break;
  }
  return 0;
}

}  // namespace

bool holds(const WhereExpression& expression, std::span<const double> values) {
  std::array<double, WhereExpression::kDeepest> stack{};
  std::size_t top = 0;  // number of values on the stack
  for (const auto& step : expression.steps) {
    switch (step.op) {
      case Op::number:
        stack[top++] = step.number;
        break;
      case Op::column:
        stack[top++] = values[step.column];
        break;
      case Op::negate:
        stack[top - 1] = -stack[top - 1];
        break;
      case Op::invert:
        stack[top - 1] = stack[top - 1] == 0 ? 1 : 0;
        break;
      default:
        --top;
        stack[top - 1] = applied(step.op, stack[top - 1], stack[top]);
        break;
    }
  }
  return top == 1 && stack[0] != 0;
}

}  // namespace roofcast
