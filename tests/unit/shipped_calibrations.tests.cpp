#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/calibrated/calibrated_attention.hpp"
#include "hwmodels/kernel_calibrations.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

TEST_CASE("every shipped calibration is of a known device and can be used", "[presets][calibrated]") {
  const auto kernels = shipped(list_kernel_calibrations(shipped_presets()));
  CHECK(kernels.devices.size() >= 10);
  for (const auto& c : kernels.calibrations) {
    CAPTURE(text(c.key));
    CHECK(std::ranges::find(kernels.devices, c.key.hardware, &Device::id) != kernels.devices.end());
    CHECK_FALSE(c.source.empty());
    CHECK(c.framework_version.empty() == (c.key.op == "gemm"));  // measured products state no version
    CHECK(c.errors.front().rows_of == "fitted");
    CHECK(c.residuals.low < 0);
    CHECK(c.residuals.high > 0);
    if (c.key.op == "decode_attention") CHECK(calibrated_decode_attention(c).has_value());
  }
  CHECK(kernel_prediction(kernels).has_value());
}

TEST_CASE("where a shipped fit has unseen rows, they are predicted within a quarter at the median",
          "[presets][calibrated]") {
  int judged = 0;
  for (const auto& c : shipped(list_kernel_calibrations(shipped_presets())).calibrations) {
    if (c.key.op != "decode_attention") continue;
    for (const auto& e : c.errors) {
      if (!e.rows_of.starts_with("unseen") || e.rows < 30) continue;
      ++judged;
      CAPTURE(text(c.key), e.rows_of);
      CHECK(e.median_percent < 25);
    }
  }
  CHECK(judged > 100);
}

TEST_CASE("half of the shipped kernels of an operator are within an eighth on shapes and sizes they were not fitted on",
          "[presets][calibrated]") {
  const auto all = shipped(list_kernel_calibrations(shipped_presets())).calibrations;
  for (const auto& [op, apart] : {std::pair{"prefill_attention", "unseen head shapes"},
                                  std::pair{"gemm", "unseen matrices"}, std::pair{"mla_decode", "unseen heads"},
                                  std::pair{"moe", "unseen models"}, std::pair{"all_reduce", "unseen sizes"}}) {
    std::vector<double> medians;
    for (const auto& c : all)
      for (const auto& e : c.errors)
        if (c.key.op == op && e.rows_of == apart) medians.push_back(e.median_percent);
    CAPTURE(op);
    REQUIRE(medians.size() > 50);
    std::ranges::nth_element(medians, medians.begin() + static_cast<std::ptrdiff_t>(medians.size() / 2));
    CHECK(medians[medians.size() / 2] < 12.5);
  }
}

TEST_CASE("a kernel's time comes with an interval, on its own device and on a relative", "[calibrated]") {
  const auto roots = shipped_presets();
  const auto predict = shipped(kernel_prediction(shipped(list_kernel_calibrations(roots))));
  MeasuredRow row{.kernel = {.hardware = "h100-sxm", .framework = "vllm", .kernel = "vllm_flash_attn_fa3"},
                  .dtype = "bf16",
                  .call = DecodeAttentionCall{.batch = 32, .context = 8192, .heads = 32, .kv_heads = 8}};
  const auto own = predict(row, shipped(find_device(roots, "h100-sxm")));
  REQUIRE(own.has_value());
  CHECK(own->grade == Grade::calibrated);
  CHECK(*own->figures[0]->low < own->figures[0]->value);
  CHECK(*own->figures[0]->high > own->figures[0]->value);
  // K and V: 2 x 32 x 8 x 8192 x 128 x 2 B = 1.07 GB at 3.35 TB/s: 320.5 us and not twice as much.
  CHECK(own->figures[0]->value > 320.5);
  CHECK(own->figures[0]->value < 641);

  const auto borrowed = predict(row, shipped(find_device(roots, "h100-nvl")));
  REQUIRE(borrowed.has_value());
  CHECK(borrowed->grade == Grade::extrapolated);
  CHECK_FALSE(predict(row, shipped(find_device(roots, "mi300x"))).has_value());
  row.kernel.kernel = "nobody_knows";
  CHECK_FALSE(predict(row, shipped(find_device(roots, "h100-sxm"))).has_value());
}
