#include <catch2/catch.hpp>

#include <cmath>

#include "core/calibrated/calibrated_form.hpp"
#include "core/calibrated/gemm.hpp"
#include "tests/support/round_machine.hpp"
#include "tests/support/sample_form.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

Calibration sample() {
  return sample_form<GemmForm>({.hardware = "h100-sxm", .framework = "vllm", .dtype = "bf16"});
}

}  // namespace

TEST_CASE("launch and serial parts add to what overlaps (K1)", "[calibrated]") {
  using units::us;
  // 1 + 2 + sqrt(3^2 + 4^2 + 12^2)
  const KernelTerms t{.launch = 1 * us, .serial = 2 * us, .memory = 3 * us, .units = 4 * us, .compute = 12 * us};
  CHECK(t.total().in(us) == Approx(16));
}

TEST_CASE("inside the rows of the fit a form's time is calibrated, outside extrapolated and wider (K2)",
          "[calibrated]") {
  const auto form = shipped(calibrated_form<GemmForm>(sample()));
  CHECK(form.parameters == GemmParameters{});
  const GemmCall inside{.m = 64, .n = 512, .k = 512}, outside{.m = 64, .n = 512, .k = 4096};
  const auto setting = round_setting(CacheReuse::between_calls);
  const auto t = predicted(form, setting, inside);
  CHECK(t.grade == Grade::calibrated);
  const auto terms = gemm_terms({}, setting, inside);
  CHECK(t.time == terms.total());
  // Quantiles -0.1 and 0.2, narrower by half of the launch's share.
  const double scale = 1 - 0.5 * (terms.launch / terms.total());
  CHECK(t.low / t.time == Approx(std::exp(-0.1 * scale)));
  CHECK(t.high / t.time == Approx(std::exp(0.2 * scale)));
  CHECK(predicted(form, setting, outside).grade == Grade::extrapolated);
  auto relative = form;
  relative.widening = 1.5;
  CHECK(predicted(relative, setting, inside).grade == Grade::extrapolated);
  CHECK(predicted(relative, setting, inside).high > t.high);
}

TEST_CASE("everything that is wrong with a form's calibration is reported") {
  auto bad = sample();
  bad.parameters[0].value = 1e6;
  bad.parameters[1].name = "bandwith_share";
  bad.ranges.pop_back();
  bad.residuals.widenings = {{"launch_shar", 1}};
  const auto read = calibrated_form<GemmForm>(bad);
  REQUIRE_FALSE(read);
  const auto lines = error_lines(read.error());
  CHECK_THAT(lines, Catch::Contains("parameter 'launch_us' is 1000000") &&
                        Catch::Contains("parameter 'bandwidth_share' is missing") &&
                        Catch::Contains("unknown parameter 'bandwith_share'") &&
                        Catch::Contains("range 'k' is missing") && Catch::Contains("unknown widening 'launch_shar'"));
}
