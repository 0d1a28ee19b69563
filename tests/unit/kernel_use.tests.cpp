#include <catch2/catch.hpp>

#include "core/calibrated/kernel_use.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

Device h100() {
  return shipped(find_device(shipped_presets(), "h100-sxm"));
}

const KernelLabel kLabel{.name = {.framework = "vllm", .version = "0.24.0", .kernel = "k"}, .dtype = "fp8"};

}  // namespace

TEST_CASE("a call's calibration goes by label and dtype, its rate by the product's type") {
  const auto gemm = kernel_use(kLabel, GemmCall{}, h100(), CacheReuse::none);
  REQUIRE(gemm);
  CHECK(gemm->key == CalibrationKey{"gemm", "h100-sxm", "vllm", "k", "", "fp8"});
  CHECK(gemm->setting.machine.compute == *h100().peaks.fp8);
  CHECK(gemm->setting.format.bytes_per_weight == 1);
  const PrefillAttentionCall mixed{.kv_bytes = 1, .q_bytes = 2};
  CHECK(kernel_use(kLabel, mixed, h100(), CacheReuse::none)->setting.machine.compute == *h100().peaks.bf16);
}

TEST_CASE("MLA and all-reduce have a calibration per version") {
  CHECK(kernel_use(kLabel, MlaDecodeCall{}, h100(), CacheReuse::none)->key.variant == "0.24.0");
  CHECK(kernel_use(kLabel, AllReduceCall{.devices = 2}, h100(), CacheReuse::none)->key.variant == "0.24.0");
  CHECK_FALSE(kernel_use(kLabel, AllReduceCall{.devices = 1}, h100(), CacheReuse::none));
}

TEST_CASE("an unknown format and a device without figures have no calibration") {
  auto label = kLabel;
  label.dtype = "fp9";
  CHECK_FALSE(kernel_use(label, GemmCall{}, h100(), CacheReuse::none));
  CHECK_FALSE(kernel_use(kLabel, MoeCall{}, Device{}, CacheReuse::none));
  label.name.kernel = "moe_nongated";
  label.dtype = "bf16";
  CHECK(kernel_use(label, MoeCall{}, h100(), CacheReuse::none)->setting.matrices == 2);
}

TEST_CASE("versions are ordered by their numbers") {
  CHECK(earlier_version("0.5.9", "0.5.14"));
  CHECK_FALSE(earlier_version("0.5.14", "0.5.9"));
  CHECK(earlier_version("1.3.0rc5", "1.3.0rc10"));
  CHECK(earlier_version("1.2.0rc5", "1.3.0"));
  CHECK(earlier_version("", "0.1"));
  CHECK_FALSE(earlier_version("2.27", "2.27"));
}
