#include <catch2/catch.hpp>

#include "core/quantity_text.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("decimal and binary prefixes are different numbers", "[units]") {
  CHECK(*parse_bytes("1 GB") == 1.0 * GB);
  CHECK(*parse_bytes("1 GiB") / *parse_bytes("1 GB") == Approx(1.073741824));
  CHECK_FALSE(parse_bytes("1 gb").has_value());
}

TEST_CASE("a quantity is a number and a unit, with or without a blank", "[units]") {
  CHECK(*parse_bandwidth("3.35 TB/s") == 3.35 * TB / s);
  CHECK(*parse_bandwidth("3350GB/s") == 3350.0 * GB / s);
  CHECK(*parse_rate("989.4 TFLOP/s") == 989.4 * TFLOP / s);
  CHECK(*parse_seconds("50 ms") == 50.0 * ms);
  CHECK(*parse_watts("700 W") == 700.0);
  CHECK(*parse_price("2.99 USD/h") == 2.99);
}

TEST_CASE("a quantity without a unit, with a wrong one or without a number is refused with the value", "[units]") {
  CHECK(parse_bytes("80").error().front().what == "'80' has no unit");
  CHECK(parse_bytes("80 G").error().front().what == "'80 G' has the unknown unit 'G'");
  CHECK(parse_bandwidth("3 TB").error().front().hint == "use one of: B/s, kB/s, MB/s, GB/s, TB/s");
  for (const char* text : {"", "fast", "-1 GB", "nan GB", "inf GB", "1e999 GB", " 1 GB", "GB"}) {
    CAPTURE(text);
    REQUIRE_FALSE(parse_bytes(text).has_value());
    CHECK_THAT(parse_bytes(text).error().front().what, Catch::Contains("does not start with a non-negative number"));
  }
}

TEST_CASE("people read three significant digits and always a unit", "[units]") {
  CHECK(format_bytes(79.22 * GiB) == "79.2 GiB");
  CHECK(format_bytes(80.0 * GiB) == "80.0 GiB");
  CHECK(format_bytes(0.5 * GiB) == "512 MiB");
  CHECK(format_bytes(1023.0 * MiB) == "1023 MiB");  // below 1 GiB: stays in MiB, and whole
  CHECK(format_bytes(1023.7 * MiB) == "1.00 GiB");
  CHECK(format_bytes(131072.0 * byte) == "128 KiB");
  CHECK(format_bytes(Bytes{}) == "0 B");
  CHECK(format_bandwidth(3.35 * TB / s) == "3.35 TB/s");
  CHECK(format_bandwidth(999.9 * GB / s) == "1.00 TB/s");
  CHECK(format_rate(989.4 * TFLOP / s) == "989 TFLOP/s");
  CHECK(format_rate(1979.0 * TFLOP / s) == "1.98 PFLOP/s");
  CHECK(format_flops(16.1 * TFLOP) == "16.1 TFLOP");
  CHECK(format_intensity(295.3 * (flop / byte)) == "295 FLOP/B");
  CHECK(format_intensity(0.98765 * (flop / byte)) == "0.988 FLOP/B");
}

TEST_CASE("times pick their own unit from ns to s", "[units]") {
  CHECK(format_seconds(12.34 * ms) == "12.3 ms");
  CHECK(format_seconds(0.0123 * ms) == "12.3 us");
  CHECK(format_seconds(2.0 * s) == "2.00 s");
  CHECK(format_seconds(1234.0 * s) == "1234 s");
  CHECK(format_seconds(9.999 * ms) == "10.0 ms");
  CHECK(format_seconds(999.96 * us) == "1.00 ms");
}

TEST_CASE("files get the shortest exact text", "[units]") {
  CHECK(exact_text(80.0 * GB) == "80 GB");
  CHECK(exact_text(79.22 * GiB) == "79.22 GiB");
  CHECK(exact_text(3350.0 * GB / s) == "3.35 TB/s");
  CHECK(exact_text(989.4 * TFLOP / s) == "989.4 TFLOP/s");
  CHECK(exact_text(Bytes{}) == "0 B");
  CHECK(exact_text(20 * us) == "20 us");
  CHECK(exact_text(Seconds{}) == "0 s");
}
