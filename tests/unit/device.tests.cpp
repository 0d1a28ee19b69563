#include <catch2/catch.hpp>

#include "core/device.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// A device with the given peaks, TFLOP/s; 0: no such unit.
Device with_peaks(double fp32, double bf16, double fp8, double int8, double fp4) {
  const auto rate = [](double t) { return t > 0 ? std::optional{t * TFLOP / s} : std::nullopt; };
  Device d = round_device();
  d.peaks = {rate(fp32), rate(bf16), rate(fp8), rate(int8), rate(fp4)};
  return d;
}

double rate(const Device& d, Compute c) {
  return peak_rate(d, c)->in(TFLOP / s);
}

}  // namespace

TEST_CASE("a product runs at its own type's peak where the part has one", "[core][device]") {
  const Device d = with_peaks(1, 2, 4, 5, 8);
  CHECK(rate(d, Compute::fp32) == Approx(1));
  CHECK(rate(d, Compute::bf16) == Approx(2));
  CHECK(rate(d, Compute::fp8) == Approx(4));
  CHECK(rate(d, Compute::int8) == Approx(5));
  CHECK(rate(d, Compute::fp4) == Approx(8));
}

TEST_CASE("without units of its type a product runs at the next wider type's peak", "[core][device]") {
  const Device ampere = with_peaks(1, 2, 0, 4, 0);
  CHECK(rate(ampere, Compute::fp8) == Approx(2));  // weights dequantised, multiplied in 16 bit
  CHECK(rate(ampere, Compute::fp4) == Approx(2));
  const Device hopper = with_peaks(1, 2, 4, 0, 0);
  CHECK(rate(hopper, Compute::fp4) == Approx(4));
  CHECK(rate(hopper, Compute::int8) == Approx(2));
  const Device cpu = with_peaks(1, 0, 0, 0, 0);
  CHECK(rate(cpu, Compute::bf16) == Approx(1));
  CHECK(rate(cpu, Compute::fp4) == Approx(1));
}

TEST_CASE("a part without any rate has none to give", "[core][device]") {
  CHECK_FALSE(peak_rate(with_peaks(0, 0, 0, 0, 0), Compute::bf16).has_value());
  CHECK_FALSE(peak_rate(with_peaks(0, 0, 0, 0, 0), Compute::fp4).has_value());
}

TEST_CASE("the ridge is compute over bandwidth (R2)", "[core][device]") {
  CHECK(ridge(round_device(), Compute::bf16).in(flop / byte) == Approx(1000.0));  // 1 TFLOP/s / 1 GB/s
  CHECK(ridge(h100_sxm(), Compute::fp8).in(flop / byte) == Approx(590.7).margin(0.05));
}
