#include "core/chart/axis_ticks.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace roofcast;

namespace {

std::vector<std::string> texts(const ChartAxis& axis, double low, double high, int most) {
  std::vector<std::string> all;
  for (const AxisTick& tick : axis_ticks(axis, low, high, most).labelled) all.push_back(tick.text);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("ticks of a linear axis are multiples of 1, 2 or 5 and say no more digits than they need") {
  // 100 / 6 = 16.7, so steps of 20
  CHECK(texts({}, 0, 100, 6) == Texts{"0", "20", "40", "60", "80", "100"});
  CHECK(texts({}, 0.05, 0.31, 6) == Texts{"0.05", "0.1", "0.15", "0.2", "0.25", "0.3"});
  CHECK(texts({.ticks = TickText::decimal_prefix}, 0, 2.1e6, 5) == Texts{"0", "500k", "1M", "1.5M", "2M"});
  CHECK(texts({}, -2, 2, 4) == Texts{"-2", "-1", "0", "1", "2"});
}

TEST_CASE("a logarithmic axis says 1, 2, 5 while they fit, then powers of ten, then every other one") {
  const ChartAxis axis{.scale = AxisScale::logarithmic};
  CHECK(texts(axis, 1, 100, 7) == Texts{"1", "2", "5", "10", "20", "50", "100"});
  CHECK(texts(axis, 1, 100, 6) == Texts{"1", "10", "100"});
  CHECK(texts(axis, 1, 1e4, 3) == Texts{"1", "100", "10000"});
  // exactly 0.1 keeps its text, at either end
  CHECK(texts(axis, 0.1, 1, 9) == Texts{"0.1", "0.2", "0.5", "1"});
  CHECK(texts(axis, 0.01, 0.1, 9) == Texts{"0.01", "0.02", "0.05", "0.1"});
}

TEST_CASE("a logarithmic axis that shows less than a factor of three has even ticks") {
  // 20 wide, at most 5: steps of 5
  CHECK(texts({.scale = AxisScale::logarithmic}, 101, 119, 5) == Texts{"105", "110", "115"});
}

TEST_CASE("minor lines of a logarithmic axis are the other multiples of each power of ten") {
  const AxisTicks ticks = axis_ticks({.scale = AxisScale::logarithmic}, 1, 10, 9);
  CHECK(ticks.labelled.size() == 4);  // 1 2 5 10
  CHECK(ticks.minor == std::vector<double>{3, 4, 6, 7, 8, 9});
}

TEST_CASE("binary prefixes put ticks on powers of two") {
  const ChartAxis axis{.scale = AxisScale::logarithmic, .ticks = TickText::binary_prefix};
  CHECK(texts(axis, 1024, 131072, 8) == Texts{"1Ki", "2Ki", "4Ki", "8Ki", "16Ki", "32Ki", "64Ki", "128Ki"});
  CHECK(texts(axis, 1024, 131072, 4) == Texts{"1Ki", "4Ki", "16Ki", "64Ki"});
  // linear: 4096 / 4 = 1024
  CHECK(texts({.ticks = TickText::binary_prefix}, 0, 4096, 4) == Texts{"0", "1Ki", "2Ki", "3Ki", "4Ki"});
  CHECK(texts({.ticks = TickText::binary_prefix}, 0, 2048, 4) == Texts{"0", "512", "1Ki", "1.5Ki", "2Ki"});
}

TEST_CASE("there are about as many texts as asked for, and at least two on an axis of a decade and more") {
  const double decades = GENERATE(1.0, 1.7, 3.2, 6.5, 12.0);
  const int most = GENERATE(2, 3, 5, 9);
  const double low = GENERATE(1e-6, 0.37, 1024.0);
  const std::size_t count = texts({.scale = AxisScale::logarithmic}, low, low * std::pow(10, decades), most).size();
  CAPTURE(decades, most, low);
  CHECK(count <= static_cast<std::size_t>(most) + 3);  // at worst 1, 2, 5 of one decade and its end
  CHECK(count >= 2);
}

TEST_CASE("a category is said as it is called") {
  const ChartAxis axis{.scale = AxisScale::categories, .categories = {"mha", "mqa"}};
  CHECK(texts(axis, -0.5, 1.5, 1) == Texts{"mha", "mqa"});
  CHECK(texts(axis, 0.5, 1.5, 1) == Texts{"mqa"});
}

TEST_CASE("an axis without an extent has no ticks") {
  CHECK(axis_ticks({}, 1, 1, 5).labelled.empty());
  CHECK(axis_ticks({}, 0, std::numeric_limits<double>::infinity(), 5).labelled.empty());
}

TEST_CASE("the largest and the smallest plain numbers have an exponent") {
  CHECK(tick_text(2e7, TickText::plain, 1e7) == "2e7");
  CHECK(tick_text(5e-5, TickText::plain, 1e-5) == "5e-5");
  CHECK(tick_text(131072, TickText::plain, 1) == "131072");
  CHECK(tick_text(2e15, TickText::decimal_prefix, 1e15) == "2P");
}
