#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/nearest_name.hpp"
#include "core/value_literal.hpp"
#include "core/where_expression.hpp"

namespace roofcast {
namespace {

using Op = WhereExpression::Op;

enum class Type { number, condition };

/// A spelling of an operator, and how tightly it binds (more = tighter).
struct Binary {
  std::string_view text;
  Op op;
  int binding;
};

// Longer spellings first: "<=" is not "<" and "=".
constexpr std::array kBinaries{
    Binary{"||", Op::either, 1},        Binary{"&&", Op::both, 2},    Binary{"<=", Op::less_equal, 3},
    Binary{">=", Op::greater_equal, 3}, Binary{"==", Op::equal, 3},   Binary{"!=", Op::not_equal, 3},
    Binary{"<", Op::less, 3},           Binary{">", Op::greater, 3},  Binary{"+", Op::add, 4},
    Binary{"-", Op::subtract, 4},       Binary{"*", Op::multiply, 5}, Binary{"/", Op::divide, 5},
    Binary{"%", Op::modulo, 5}};
constexpr int kLogic = 2;       // || and && join conditions
constexpr int kComparison = 3;  // numbers in, condition out; everything above is numbers in, number out

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Precedence climbing; stops at the first problem, since what follows it has no meaning.
class WhereParser {
 public:
  WhereParser(std::string_view where, std::string_view text, std::span<const std::string> columns)
      : where_{where}, text_{text}, columns_{columns} {}

  Result<WhereExpression> parsed() {
    const auto type = expression(0, 0);
    if (!type) return std::unexpected(type.error());
    if (at_ < text_.size()) return expected("an operator");
    if (*type != Type::condition) return bad("not a condition", "compare it, e.g. tp*pp<=8");
    return std::move(expression_);
  }

 private:
  std::unexpected<Errors> bad(std::string_view why, std::string hint = {}) const {
    return usage_error(std::string{where_}, fmt::format("'{}' at {}: {}", text_, at_ + 1, why), std::move(hint));
  }

  std::unexpected<Errors> expected(std::string_view what) const {
    if (at_ == text_.size()) return bad(fmt::format("ends where {} is expected", what));
    if (text_[at_] == '=') return bad("'=' is no operator", "write ==");
    return bad(fmt::format("'{}' where {} is expected", text_.substr(at_, 1), what));
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  std::optional<Binary> next_binary() const {
    const auto it = std::ranges::find_if(
        kBinaries, [rest = text_.substr(at_)](const Binary& b) { return rest.starts_with(b.text); });
    return it == kBinaries.end() ? std::nullopt : std::optional{*it};
  }

  /// Everything that binds tighter than `binding`, and its type.
  Result<Type> expression(int binding, std::size_t depth) {
    if (depth >= WhereExpression::kDeepest - 1) return bad("nested too deeply");
    auto left = unary(depth);
    if (!left) return left;
    for (;;) {
      const auto binary = next_binary();
      if (!binary || binary->binding <= binding) return left;
      const bool joins = binary->binding <= kLogic;
      if (*left != (joins ? Type::condition : Type::number))
        return bad(fmt::format("'{}' after a {}", binary->text, joins ? "number" : "condition"),
                   joins ? "compare it first" : "join conditions with &&");
      at_ += binary->text.size();
      const auto right = expression(binary->binding, depth + 1);
      if (!right) return right;
      if (*right != *left) return bad(fmt::format("'{}' joins two {}s", binary->text, joins ? "condition" : "number"));
      expression_.steps.push_back({.op = binary->op});
      if (binary->binding == kComparison) left = Type::condition;
    }
  }

  Result<Type> unary(std::size_t depth) {
    skip_spaces();
    if (depth >= WhereExpression::kDeepest - 1) return bad("nested too deeply");
    if (at_ == text_.size()) return expected("a number, a column or '('");
    const char c = text_[at_];
    if (c == '-' || c == '!') {
      ++at_;
      const auto type = unary(depth + 1);
      if (!type) return type;
      const auto wanted = c == '-' ? Type::number : Type::condition;
      if (*type != wanted) return bad(c == '-' ? "'-' before a condition" : "'!' before a number");
      expression_.steps.push_back({.op = c == '-' ? Op::negate : Op::invert});
      return type;
    }
    if (c == '(') {
      ++at_;
      const auto type = expression(0, depth + 1);
      if (!type) return type;
      if (at_ == text_.size() || text_[at_] != ')') return expected("')'");
      ++at_;
      skip_spaces();
      return type;
    }
    if (is_digit(c) || c == '.') return number();
    if (is_letter(c)) return column();
    return expected("a number, a column or '('");
  }

  std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && (is_digit(text_[end]) || is_letter(text_[end]) || text_[end] == '.')) ++end;
    return text_.substr(at_, end - at_);
  }

  Result<Type> number() {
    const auto literal = parse_literal(where_, word(), ValueKind::number);
    if (!literal) return bad(literal.error().front().what, literal.error().front().hint);
    expression_.steps.push_back({.op = Op::number, .number = literal->value()});
    at_ += word().size();
    skip_spaces();
    return Type::number;
  }

  Result<Type> column() {
    const auto it = std::ranges::find(columns_, word());
    if (it == columns_.end()) return bad(fmt::format("unknown column '{}'", word()), did_you_mean(word(), columns_));
    expression_.steps.push_back({.op = Op::column, .column = static_cast<std::size_t>(it - columns_.begin())});
    at_ += word().size();
    skip_spaces();
    return Type::number;
  }

  std::string_view where_;
  std::string_view text_;
  std::span<const std::string> columns_;
  std::size_t at_ = 0;
  WhereExpression expression_{};
};

}  // namespace

Result<WhereExpression> parse_where(std::string_view where, std::string_view text,
                                    std::span<const std::string> columns) {
  return WhereParser{where, text, columns}.parsed();
}

}  // namespace roofcast
