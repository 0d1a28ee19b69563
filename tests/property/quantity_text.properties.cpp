#include <catch2/catch.hpp>

#include <cmath>

#include "core/quantity_text.hpp"

using namespace roofcast;

TEST_CASE("exact text parses back to the very same quantity", "[property][units]") {
  const double exponent = GENERATE(take(200, random(0.0, 17.0)));
  const double value = std::pow(10.0, exponent);
  CAPTURE(value);
  CHECK(*parse_bytes(exact_text(Bytes{value})) == Bytes{value});
  CHECK(*parse_bandwidth(exact_text(BytesPerSecond{value})) == BytesPerSecond{value});
  CHECK(*parse_rate(exact_text(FlopsPerSecond{value})) == FlopsPerSecond{value});
  CHECK(*parse_seconds(exact_text(Seconds{1e-9 * value})) == Seconds{1e-9 * value});
}

TEST_CASE("text for people is within half of its third digit", "[property][units]") {
  const double exponent = GENERATE(take(200, random(0.0, 15.0)));
  const double value = std::pow(10.0, exponent);
  CAPTURE(value);
  CHECK(*parse_bytes(format_bytes(Bytes{value})) / Bytes{value} == Approx(1.0).epsilon(0.0051));
  CHECK(*parse_bandwidth(format_bandwidth(BytesPerSecond{value})) / BytesPerSecond{value} ==
        Approx(1.0).epsilon(0.0051));
}
