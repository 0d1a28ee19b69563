#include "cli/figure_text.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::cli;

TEST_CASE("figures: exact bytes show every digit in groups of three") {
  CHECK(exact_bytes(131072.0 * units::byte) == "131,072 B");
  CHECK(exact_bytes(4.0 * units::GiB) == "4,294,967,296 B");
}

TEST_CASE("figures: three significant digits, whole numbers from a thousand on") {
  CHECK(short_number(0.031249) == "0.0312");
  CHECK(short_number(1.4142) == "1.41");
  CHECK(short_number(47.17) == "47.2");
  CHECK(short_number(613.4) == "613");
  CHECK(short_number(999.6) == "1,000");
  CHECK(short_number(41233.4) == "41,233");
  CHECK(short_number(0) == "0");
}

TEST_CASE("figures: changes are factors from two on, percent below") {
  CHECK(change(4) == "x4.0");
  CHECK(change(0.25) == "x0.25");
  CHECK(change(2) == "x2.0");
  CHECK(change(0.5) == "x0.5");
  CHECK(change(123.4) == "x123");
  CHECK(change(1.12) == "+12.0%");
  CHECK(change(0.919) == "-8.1%");
  CHECK(change(1.0001) == "same");
}
