#include "cli/axis_ticks.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::cli;

namespace {

std::vector<std::string> texts(const AxisSpan& span, TickText text, int most) {
  std::vector<std::string> out;
  for (const auto& t : axis_ticks(span, text, most)) out.push_back(t.text);
  return out;
}

}  // namespace

TEST_CASE("a logarithmic axis has 1, 2 and 5 of each decade, and fewer where there is no room") {
  const AxisSpan two_decades{.least = 1, .most = 100, .scale = AxisScale::logarithmic};
  CHECK(texts(two_decades, TickText::plain, 8) == std::vector<std::string>{"1", "2", "5", "10", "20", "50", "100"});
  CHECK(texts(two_decades, TickText::plain, 5) == std::vector<std::string>{"1", "3", "10", "30", "100"});
  CHECK(texts(two_decades, TickText::plain, 3) == std::vector<std::string>{"1", "10", "100"});
}

TEST_CASE("lengths in tokens have powers of two with binary prefixes") {
  const AxisSpan span{.least = 1024, .most = 131072, .scale = AxisScale::logarithmic};
  CHECK(texts(span, TickText::binary_prefix, 4) == std::vector<std::string>{"1Ki", "4Ki", "16Ki", "64Ki"});
}

TEST_CASE("a linear axis has even steps of 1, 2 or 5") {
  CHECK(texts({.least = 0, .most = 47}, TickText::plain, 6) == std::vector<std::string>{"0", "10", "20", "30", "40"});
  CHECK(texts({.least = 0, .most = 3000}, TickText::decimal_prefix, 4) ==
        std::vector<std::string>{"0", "1k", "2k", "3k"});
}

TEST_CASE("a value stands where the axis says, and is found there again") {
  const AxisSpan log{.least = 1, .most = 10000, .scale = AxisScale::logarithmic};
  CHECK(log.place(100) == Approx(0.5));
  CHECK(log.value(0.25) == Approx(10));
  const AxisSpan linear{.least = 10, .most = 20};
  CHECK(linear.place(15) == Approx(0.5));
  CHECK(linear.value(linear.place(12)) == Approx(12));
}
