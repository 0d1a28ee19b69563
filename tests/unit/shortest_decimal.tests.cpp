#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include <catch2/catch.hpp>

#include "core/shortest_decimal.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;

namespace {

std::string shortest(double value) {
  std::array<char, 48> text;
  return {text.data(), write_shortest(value, text.data())};
}

std::string reference(double value) {
  std::array<char, 48> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

}  // namespace

TEST_CASE("shortest decimal: digits of everyday numbers", "[core]") {
  CHECK(shortest(0.1) == "0.1");
  CHECK(shortest(0.001) == "0.001");
  CHECK(shortest(0.1 + 0.2) == "0.30000000000000004");
  CHECK(shortest(1.5) == "1.5");
  CHECK(shortest(12345.678) == "12345.678");
  CHECK(shortest(5.1245) == "5.1245");
  CHECK(shortest(4503599627370495.5) == "4503599627370495.5");  // 2^52 - 1/2: the last with a half
}

TEST_CASE("shortest decimal: where another form is shorter it is that one", "[core]") {
  CHECK(shortest(0.0001) == "1e-04");
  CHECK(shortest(1e300) == "1e+300");
  CHECK(shortest(-2.5) == "-2.5");
  CHECK(shortest(3) == "3");
  CHECK(shortest(std::numeric_limits<double>::denorm_min()) == "5e-324");
}

TEST_CASE("shortest decimal: the bytes of std::to_chars for any magnitude and neighbourhood", "[core]") {
  tests::Dice dice{1};
  const double kInfinity = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 20'000; ++i) {
    // Any digits between 1e-4 and 1e17, few digits, and powers of two, whose neighbours are not equally far.
    const double digits = 1 + dice.between(0, 1 << 30) / 0x1p30 + dice.between(0, 1 << 30) / 0x1p60;
    const double any = std::ldexp(digits, dice.between(-14, 56));
    const double few = std::round(any * 1000) / 1000;
    const double power = std::ldexp(1.0, dice.between(-14, 56));
    for (const double value : {any, few, power, std::nextafter(power, 0), std::nextafter(power, kInfinity)})
      if (shortest(value) != reference(value)) FAIL(shortest(value) << " instead of " << reference(value));
  }
  SUCCEED();
}
