#include <catch2/catch.hpp>

#include "core/calibrated/calibrated_kernels.hpp"
#include "core/calibrated/relatives.hpp"
#include "tests/support/sample_calibration.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

Device device(std::string_view name) {
  return shipped(find_device(shipped_presets(), name));
}

/// The same kernel fitted on some devices.
CalibratedKernels fitted_on(const std::vector<std::string>& names) {
  CalibratedKernels kernels;
  for (const auto& name : names) {
    auto c = sample_calibration();
    c.key.hardware = name;
    kernels.calibrations.push_back(std::move(c));
    kernels.devices.push_back(device(name));
  }
  return kernels;
}

CalibrationKey key() {
  return sample_calibration().key;
}

}  // namespace

TEST_CASE("a device's own calibration comes before any relative's (C10)", "[calibrated]") {
  const auto kernels = fitted_on({"h100-sxm", "h200-sxm"});
  const auto own = nearest_calibration(kernels, device("h200-sxm"), key());
  REQUIRE(own.has_value());
  CHECK(own->calibration->key.hardware == "h200-sxm");
  CHECK(own->borrowed_from.empty());
  CHECK(own->widening == 1);
}

TEST_CASE("an unmeasured device borrows from its nearest relative and says so (C10)", "[calibrated]") {
  const auto kernels = fitted_on({"a100-sxm", "h100-sxm", "h200-sxm", "l40s", "b200-sxm", "b60"});
  const auto borrowed = [&](std::string_view name) {
    const auto nearest = nearest_calibration(kernels, device(name), key());
    return nearest ? nearest->borrowed_from : std::string("none");
  };
  CHECK(borrowed("gh200-144gb") == "h200-sxm");
  CHECK(borrowed("h200-nvl") == "h200-sxm");
  CHECK(borrowed("h100-pcie") == "h100-sxm");
  CHECK(borrowed("a100-pcie") == "a100-sxm");
  CHECK(borrowed("l4") == "l40s");
  CHECK(borrowed("arc-b580") == "b60");
  CHECK(nearest_calibration(kernels, device("l4"), key())->widening == kBorrowedWidening);
}

TEST_CASE("no relative, no calibrated time (C10)", "[calibrated]") {
  const auto kernels = fitted_on({"a100-sxm", "h100-sxm", "l40s"});
  for (const auto* name : {"mi300x", "v100-sxm-32gb", "tpu-v5e", "b200-sxm", "gb10", "epyc-9654"}) {
    CAPTURE(name);
    CHECK_FALSE(nearest_calibration(kernels, device(name), key()).has_value());
  }
  auto other = key();
  other.kernel = "fa9";
  CHECK_FALSE(nearest_calibration(kernels, device("h100-sxm"), other).has_value());
}

TEST_CASE("kinship is symmetric and zero for the device itself (C10)", "[calibrated]") {
  const auto a = device("h100-sxm"), b = device("h200-sxm");
  CHECK(kinship(a, a) == 0);
  CHECK(kinship(a, b) == Approx(kinship(b, a)));
  CHECK(are_relatives(a, b));
  CHECK_FALSE(are_relatives(a, device("l40s")));  // HBM and GDDR
  CHECK_FALSE(are_relatives(a, device("b200-sxm")));
}
