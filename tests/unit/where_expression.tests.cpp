#include "core/where_expression.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace roofcast;

namespace {

const std::vector<std::string> kColumns{"tp", "pp", "batch", "context"};

/// For tp 8, pp 2, batch 16, context 32768.
bool true_here(std::string_view text) {
  const auto expression = parse_where("--where", text, kColumns);
  INFO(text);
  REQUIRE(expression.has_value());
  return holds(*expression, std::vector<double>{8, 2, 16, 32768});
}

std::string problem(std::string_view text) {
  const auto expression = parse_where("--where", text, kColumns);
  INFO(text);
  REQUIRE_FALSE(expression.has_value());
  const auto& e = expression.error().front();
  return e.hint.empty() ? e.what : e.what + " (" + e.hint + ")";
}

}  // namespace

TEST_CASE("conditions of the contract") {
  CHECK_FALSE(true_here("tp*pp<=8"));  // 16
  CHECK(true_here("batch>=4 && context<=32768"));
  CHECK(true_here("context<=32Ki"));
  CHECK_FALSE(true_here("context<32Ki"));
}

TEST_CASE("operators bind as in C") {
  CHECK(true_here("1 + 2 * 3 == 7"));
  CHECK(true_here("(1 + 2) * 3 == 9"));
  CHECK(true_here("10 - 4 - 3 == 3"));
  CHECK(true_here("16 / 4 / 2 == 2"));
  CHECK(true_here("7 % 4 == 3"));
  CHECK(true_here("1 / 2 == 0.5"));  // of numbers, not of integers
  CHECK(true_here("tp == 1 && pp == 1 || batch == 16"));
  CHECK_FALSE(true_here("tp == 1 && (pp == 1 || batch == 16)"));
  CHECK(true_here("!(tp == 1)"));
  CHECK(true_here("-tp < -7"));
  CHECK(true_here("tp != 7 && tp > 7 && tp < 9 && tp >= 8"));
  CHECK(true_here("2*-3 == -6"));
}

TEST_CASE("a division by zero makes no comparison true") {
  for (const auto* text : {"tp/0 > 1", "tp/0 < 1", "tp/0 == 1", "tp/0 != 1", "tp%0 == 0"}) CHECK_FALSE(true_here(text));
}

TEST_CASE("problems name the position and what was expected") {
  CHECK(problem("tp*pp<=") == "'tp*pp<=' at 8: ends where a number, a column or '(' is expected");
  CHECK(problem("") == "'' at 1: ends where a number, a column or '(' is expected");
  CHECK(problem("tp=8") == "'tp=8' at 3: '=' is no operator (write ==)");
  CHECK(problem("contxt<=1") == "'contxt<=1' at 1: unknown column 'contxt' (did you mean 'context'?)");
  CHECK(problem("(tp==1") == "'(tp==1' at 7: ends where ')' is expected");
  CHECK(problem("tp==1)") == "'tp==1)' at 6: ')' where an operator is expected");
  CHECK(problem("tp == 1 $") == "'tp == 1 $' at 9: '$' where an operator is expected");
  CHECK(problem("tp==1x") == "'tp==1x' at 5: '1x': expected a number, e.g. 0.5 or 2k");
}

TEST_CASE("numbers and conditions are not mixed up") {
  CHECK(problem("tp*pp") == "'tp*pp' at 6: not a condition (compare it, e.g. tp*pp<=8)");
  CHECK(problem("tp && pp==1") == "'tp && pp==1' at 4: '&&' after a number (compare it first)");
  CHECK(problem("1<tp<8") == "'1<tp<8' at 5: '<' after a condition (join conditions with &&)");
  CHECK(problem("!tp==1") == "'!tp==1' at 4: '!' before a number");
  CHECK(problem("tp==1 && 3") == "'tp==1 && 3' at 11: '&&' joins two conditions");
  CHECK(problem("1 + (tp==1) == 2") == "'1 + (tp==1) == 2' at 13: '+' joins two numbers");
}

TEST_CASE("deep nesting is refused, not followed") {
  const std::string deep = std::string(100'000, '(') + "tp==1" + std::string(100'000, ')');
  CHECK(problem(deep).ends_with("nested too deeply"));
  CHECK(problem(std::string(100'000, '!') + "(tp==1)").ends_with("nested too deeply"));
  CHECK_FALSE(true_here(std::string(30, '(') + "tp==1" + std::string(30, ')')));
}
