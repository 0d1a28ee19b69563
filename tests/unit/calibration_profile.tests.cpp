#include <catch2/catch.hpp>

#include "core/calibrated/calibrated_attention.hpp"
#include "hwmodels/calibration_profile.hpp"
#include "tests/support/mutation.hpp"
#include "tests/support/sample_calibration.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

TEST_CASE("writing calibrations and reading them again changes nothing", "[profiles][calibrated]") {
  auto second = sample_calibration();
  second.key.dtype = "fp8";
  second.key.variant = "xqa";
  second.traits = {{"query_tile", 16}};
  const std::vector<Calibration> all{sample_calibration(), second};
  CHECK(shipped(parse_calibrations(calibrations_json(all), "x.json")) == all);
}

TEST_CASE("a bad calibration file reports every problem with its path", "[profiles][errors]") {
  const auto bad = parse_calibrations(R"({
    "schema": "roofcast/calibration/2", "hardware": "h100-sxm", "source": "s", "date": "2026-01-01", "hardwear": 1,
    "kernels": [{"op": "decode_attention", "framework": "vllm", "kernel": "fa3", "dtype": "bf16",
      "parameters": {"launch_us": {"value": -1, "unit": "us"}},
      "ranges": {"batch": {"least": 8, "most": 1}},
      "residuals": {"low": 0.1, "high": 0.2},
      "errors": {"fitted": {"rows": 0, "median_percent": 1, "p90_percent": 2}}}]})",
                                      "bad.json");
  REQUIRE_FALSE(bad.has_value());
  CHECK(error_lines(bad.error()) ==
        "bad.json:/schema 'roofcast/calibration/2' is not supported: expected 'roofcast/calibration/1'\n"
        "bad.json:/kernels/0/parameters/launch_us/value expected a number in 0..1000000000000000, found -1\n"
        "bad.json:/kernels/0/ranges/batch/least 8 exceeds most 1\n"
        "bad.json:/kernels/0/residuals/low expected a number in -20..0, found 0.1\n"
        "bad.json:/kernels/0/errors/fitted/rows expected an integer in 1..1000000000, found 0\n"
        "bad.json:/kernels/0/errors/fitted/time_weighted_percent missing\n"
        "bad.json:/hardwear unknown key (did you mean 'hardware'?)\n");
}

TEST_CASE("a kernel that occurs twice and a file without kernels are errors", "[profiles][errors]") {
  const auto twice = parse_calibrations(calibrations_json({sample_calibration(), sample_calibration()}), "x.json");
  REQUIRE_FALSE(twice.has_value());
  CHECK_THAT(error_lines(twice.error()), Catch::Contains("x.json:/kernels/1/kernel") && Catch::Contains("twice"));
  CHECK_FALSE(parse_calibrations(
                  R"({"schema": "roofcast/calibration/1", "hardware": "h", "source": "s", "date": "d", "kernels": []})",
                  "x.json")
                  .has_value());
}

TEST_CASE("a damaged calibration file is read or refused with the file's name, never more", "[profiles][errors]") {
  const auto seed = calibrations_json({sample_calibration()});
  test::Random random(5);
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto bytes = test::mutated(seed, random);
    const auto read = parse_calibrations(bytes, "damaged.json");
    CAPTURE(bytes);
    if (read) {
      CHECK_FALSE(read->empty());
      continue;
    }
    ++refused;
    REQUIRE_FALSE(read.error().empty());
    for (const auto& e : read.error()) CHECK_THAT(e.where, Catch::StartsWith("damaged.json"));
  }
  CHECK(refused > 1000);
}

TEST_CASE("a calibration is used whole: missing, foreign and impossible parameters are errors", "[calibrated]") {
  REQUIRE(calibrated_decode_attention(sample_calibration()).has_value());
  auto c = sample_calibration();
  std::erase_if(c.parameters, [](const auto& p) { return p.name == "launch_us"; });
  c.parameters.push_back({.name = "lunch_us", .unit = "us", .value = 1});
  c.parameters[0].value = 7;  // bandwidth_share
  c.traits = {{"query_tiles", 16}};
  c.ranges.pop_back();
  c.residuals.widenings.push_back({"cache_egde", 1});
  const auto bad = calibrated_decode_attention(c);
  REQUIRE_FALSE(bad.has_value());
  const std::string of = "decode_attention h100-sxm vllm vllm_flash_attn_fa3 bf16 ";
  CHECK(error_lines(bad.error()) ==
        of + "parameter 'launch_us' is missing\n" + of + "parameter 'bandwidth_share' is 7: expected 0.15..1 1\n" + of +
            "unknown parameter 'lunch_us' (did you mean 'launch_us'?)\n" + of +
            "unknown trait 'query_tiles' (did you mean 'query_tile'?)\n" + of + "range 'window_tokens' is missing\n" +
            of + "unknown widening 'cache_egde' (did you mean 'cache_edge'?)\n");
}
