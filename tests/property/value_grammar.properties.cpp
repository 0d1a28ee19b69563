#include "core/value_grammar.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>

using namespace roofcast;

namespace {

ValueRange range_of(const std::string& text, ValueKind kind) {
  std::vector<std::string> notes;
  const auto range = parse_range("--x", text, kind, notes);
  INFO(text);
  REQUIRE(range.has_value());
  return *range;
}

}  // namespace

TEST_CASE("an added range starts at its start, ascends, stays within its end and misses it by less than a step") {
  const auto first = GENERATE(take(20, random(0, 1000)));
  const auto length = GENERATE(take(3, random(0, 5000)));
  const auto step = GENERATE(take(3, random(1, 700)));
  const auto range = range_of(fmt::format("{}..{}:{}", first, first + length, step), ValueKind::count);
  CHECK(range.count == length / step + 1);
  CHECK(range.at(0) == first);
  for (std::int64_t i = 1; i < range.count; ++i) CHECK(range.at(i) - range.at(i - 1) == step);
  CHECK(range.at(range.count - 1) <= first + length);
  CHECK(range.at(range.count - 1) > first + length - step);
  CHECK(hits_end(range) == (length % step == 0));
}

TEST_CASE("a multiplied range keeps its ratio and misses its end by less than a factor") {
  const auto first = GENERATE(take(20, random(1, 50)));
  const auto factor = GENERATE(range(2, 6));
  const auto last = GENERATE(take(3, random(50, 1'000'000)));
  const auto range = range_of(fmt::format("{}..{}:x{}", first, last, factor), ValueKind::count);
  CHECK(range.at(0) == first);
  for (std::int64_t i = 1; i < range.count; ++i) CHECK(range.at(i) == factor * range.at(i - 1));
  CHECK(range.at(range.count - 1) <= last);
  CHECK(range.at(range.count - 1) * factor > last);
}

TEST_CASE("N points are N points, with both ends, ascending") {
  const auto first = GENERATE(take(10, random(1, 100)));
  const auto points = GENERATE(take(10, random(2, 40)));
  const auto* log = GENERATE("", "log");
  const int last = first + 10'000;
  const auto range = range_of(fmt::format("{}..{}:#{}{}", first, last, points, log), ValueKind::number);
  REQUIRE(range.count == points);
  CHECK(range.at(0) == first);
  CHECK(range.at(points - 1) == last);
  for (int i = 1; i < points; ++i) CHECK(range.at(i) > range.at(i - 1));
}

TEST_CASE("N points of whole numbers are N different whole numbers, or the range is refused") {
  const auto last = GENERATE(take(20, random(2, 300)));
  const auto points = GENERATE(take(10, random(2, 60)));
  const auto* log = GENERATE("", "log");
  std::vector<std::string> notes;
  const auto range = parse_range("--x", fmt::format("1..{}:#{}{}", last, points, log), ValueKind::count, notes);
  if (!range) {
    CHECK((*log != '\0' || points > last));  // equal differences fail only when there are not enough numbers
    return;
  }
  CHECK(range->count == points);
  for (int i = 1; i < points; ++i) {
    CHECK(range->at(i) == std::floor(range->at(i)));
    CHECK(range->at(i) > range->at(i - 1));
  }
}

TEST_CASE("a value written in its shortest form is read back as itself") {
  const auto value = GENERATE(take(200, random(0.0, 1e6)));
  const auto literal = parse_literal("--x", fmt::format("{}", value), ValueKind::number);
  REQUIRE(literal.has_value());
  CHECK(literal->value() == value);
}

TEST_CASE("a decimal is the double nearest to it, in ranges too") {
  const auto cents = GENERATE(take(50, random(0, 10'000)));
  const auto range = range_of(fmt::format("0.00..{}.{:02}:0.01", cents / 100, cents % 100), ValueKind::number);
  CHECK(range.count == cents + 1);
  CHECK(range.at(cents) == cents / 100.0);
}

TEST_CASE("a list has the values of its items, one after the other") {
  const auto list = parse_values("--x", "5,1..9:2,7..7,1..64:x4", ValueKind::count);
  REQUIRE(list.has_value());
  std::vector<double> walked;
  for (const auto& range : list->ranges)
    for (std::int64_t i = 0; i < range.count; ++i) walked.push_back(range.at(i));
  REQUIRE(list->count() == static_cast<std::int64_t>(walked.size()));
  for (std::int64_t i = 0; i < list->count(); ++i) CHECK(list->at(i) == walked[static_cast<std::size_t>(i)]);
}
