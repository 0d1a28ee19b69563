#include <catch2/catch.hpp>

#include <memory>

#include "core/calibrated/all_reduce.hpp"
#include "core/calibrated/gemm.hpp"
#include "hwmodels/operator_prediction.hpp"
#include "tests/support/sample_form.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

Device device(std::string_view name) {
  return shipped(find_device(shipped_presets(), name));
}

Calibration all_reduce(std::string version, double launch_us) {
  auto c = sample_form<AllReduceForm>(
      {.hardware = "h100-sxm", .framework = "nccl", .kernel = "NCCL", .variant = std::move(version), .dtype = "half"});
  c.parameters.front().value = launch_us;
  return c;
}

CalibratedPrediction predictions() {
  auto kernels = std::make_shared<CalibratedKernels>();
  kernels->devices = {device("h100-sxm")};
  kernels->calibrations = {all_reduce("2.9", 10), all_reduce("2.27", 20),
                           sample_form<GemmForm>({.hardware = "h100-sxm", .framework = "vllm", .dtype = "bf16"})};
  return shipped(operator_prediction(kernels));
}

MeasuredRow exchange(std::string version) {
  return {.kernel = {.framework = "nccl", .version = std::move(version), .kernel = "NCCL"},
          .dtype = "half",
          .call = AllReduceCall{.devices = 2, .bytes = 512}};
}

}  // namespace

TEST_CASE("a row is predicted with its version's fit, another version with the latest and less trust") {
  const auto predicted = predictions();
  const auto own = predicted(exchange("2.9"), device("h100-sxm"));
  REQUIRE(own);
  CHECK(own->grade == Grade::calibrated);
  CHECK(own->bound == Bound::network);
  const auto unknown = predicted(exchange("3.0"), device("h100-sxm"));
  REQUIRE(unknown);
  CHECK(unknown->grade == Grade::extrapolated);
  CHECK(unknown->figures[0]->value == Approx(own->figures[0]->value + 10));  // 2.27 comes after 2.9
}

TEST_CASE("a relative borrows an operator's fit, an unknown kernel has none") {
  const auto predicted = predictions();
  const MeasuredRow product{
      .kernel = {.framework = "vllm"}, .dtype = "bf16", .call = GemmCall{.m = 8, .n = 64, .k = 64}};
  CHECK(predicted(product, device("h100-sxm"))->grade == Grade::calibrated);
  CHECK(predicted(product, device("h200-sxm"))->grade == Grade::extrapolated);
  auto other = product;
  other.kernel.framework = "sglang";
  CHECK_FALSE(predicted(other, device("h100-sxm")));
  other.call = ServingRun{};
  CHECK_FALSE(predicted(other, device("h100-sxm")));
}
