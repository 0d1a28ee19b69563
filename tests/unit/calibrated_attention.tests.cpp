#include <catch2/catch.hpp>

#include <cmath>

#include "core/calibrated/calibrated_attention.hpp"
#include "core/calibrated/kernel_traits.hpp"
#include "tests/support/sample_calibration.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

CalibratedDecodeAttention sample() {
  return shipped(calibrated_decode_attention(sample_calibration()));
}

Machine h100() {
  return *machine(shipped(find_device(shipped_presets(), "h100-sxm")), Compute::bf16);
}

constexpr DecodeAttentionCall kCall{.batch = 32, .context = 4096, .heads = 32, .kv_heads = 8};

}  // namespace

TEST_CASE("inside the rows of the fit a time is calibrated, outside extrapolated (C9)", "[calibrated]") {
  CHECK(predicted(sample(), h100(), kCall, CacheReuse::none).grade == Grade::calibrated);
  auto longer = kCall;
  longer.context = 65536;  // two octaves beyond 16384
  CHECK(octaves_outside(sample(), longer) == 2);
  CHECK(predicted(sample(), h100(), longer, CacheReuse::none).grade == Grade::extrapolated);
  longer.batch = 4096;  // and one beyond 2048
  CHECK(octaves_outside(sample(), longer) == 3);
}

TEST_CASE("a window where the fit saw none counts as an octave (C9)", "[calibrated]") {
  CHECK(octaves_outside(128, 0, 0) == 1);
  CHECK(octaves_outside(0, 128, 1024) == 1);
  CHECK(octaves_outside(0, 0, 1024) == 0);
  CHECK(octaves_outside(2048, 0, 1024) == 1);
}

TEST_CASE("the interval is the residuals' quantiles around the time, wider where the form is worse (C9)",
          "[calibrated]") {
  const ResidualInterval<2> interval{.low = -0.2, .high = 0.1, .weights = {1, -0.5}};
  CHECK(interval.scale({0.5, 0.4}) == Approx(1 + 0.5 - 0.2));
  CHECK(interval.scale({0, 4}) == 0.25);
  const auto t = interval.around(100 * units::us, {}, 2, Grade::calibrated);
  CHECK(t.low.in(units::us) == Approx(100 * std::exp(-0.4)));
  CHECK(t.high.in(units::us) == Approx(100 * std::exp(0.2)));
  CHECK(interval.around(100 * units::us, 90 * units::us, 2, Grade::calibrated).low == 90 * units::us);
}

TEST_CASE("a relative's figures give a wider interval and the grade extrapolated (C9)", "[calibrated]") {
  auto borrowed = sample();
  borrowed.widening = 2;
  const auto own = predicted(sample(), h100(), kCall, CacheReuse::between_calls);
  const auto t = predicted(borrowed, h100(), kCall, CacheReuse::between_calls);
  CHECK(t.time == own.time);
  CHECK(t.low < own.low);
  CHECK(std::log(t.high / t.time) == Approx(2 * std::log(own.high / own.time)));
  CHECK(t.grade == Grade::extrapolated);
}

TEST_CASE("features are shares of the time, of the cache's edge, and of the load (C9)", "[calibrated]") {
  DecodeAttentionTime t{.launch = 10 * units::us,
                        .combine = 2 * units::us,
                        .memory = 40 * units::us,
                        .units = 20 * units::us,
                        .compute = 10 * units::us,
                        .cached = 0.25,
                        .items_per_unit = 48};
  const auto f = decode_attention_features(t, {.batch = 4}, 1.5);
  CHECK(f[0] == Approx(12 / t.total().in(units::us)));
  CHECK(f[1] == Approx(0.75));          // 4 x 0.25 x 0.75
  CHECK(f[2] == Approx(30.0 / 70));     // 30 us from memory of 30 + 20 + 10 + 10
  CHECK(f[3] == Approx(std::log2(4)));  // 1 + 48 / 16
  CHECK(f[4] == 0.25);
  CHECK(f[5] == 1.5);
}

TEST_CASE("one label stands for two kernels where the engine chooses by head counts and device (C1)", "[calibrated]") {
  const auto roots = shipped_presets();
  const auto h = shipped(find_device(roots, "h100-sxm")), b = shipped(find_device(roots, "b200-sxm"));
  const auto rtx = shipped(find_device(roots, "rtx-pro-6000-server"));
  const AttentionKernelLabel trt{"trtllm", "torch_flow", "bf16"};
  CHECK(attention_variant(trt, h, 8) == "xqa");
  CHECK(attention_variant(trt, h, 1) == "mmha");
  CHECK(attention_variant(trt, h, 64) == "mmha");
  CHECK(attention_variant(trt, b, 1) == "trtllm_gen");
  CHECK(attention_variant(trt, b, 64) == "mmha");
  CHECK(attention_variant(trt, rtx, 1) == "mmha");  // fp4, but GDDR: no tensor memory
  CHECK(attention_variant({"sglang", "flashinfer", "bf16"}, h, 3) == "cuda_core");
  CHECK(attention_variant({"sglang", "flashinfer", "fp8"}, h, 3).empty());
  CHECK(attention_variant({"vllm", "anything", "bf16"}, h, 3).empty());
}

TEST_CASE("kernels cut their work by their own rules, an unknown one by the defaults (C1)", "[calibrated]") {
  const auto roots = shipped_presets();
  const auto l40s = shipped(find_device(roots, "l40s")), b60 = shipped(find_device(roots, "b60"));
  CHECK(decode_attention_traits({"trtllm", "torch_flow", "bf16"}, "mmha", l40s).query_tile == 1);
  CHECK(decode_attention_traits({"vllm", "vllm_flash_attn_fa2", "bf16"}, "", l40s).packs_windowed == 0);
  CHECK(decode_attention_traits({"vllm", "vllm_flash_attn", "fp8"}, "", b60).packs_windowed == 0);
  CHECK(decode_attention_traits({"vllm", "vllm_flash_attn", "bf16"}, "", b60).split_least_tokens == 8192);
  CHECK(decode_attention_traits({"vllm", "vllm_flash_attn_fa2", "bf16"}, "", l40s).product_rows == 64);
  CHECK(decode_attention_traits({"sglang", "triton", "bf16"}, "normal", l40s).whole_splits == 1);
  CHECK(decode_attention_traits({"x", "y", "bf16"}, "", l40s) ==
        DecodeAttentionTraits{.product_rows = 16, .item_rows = 16});
  CHECK_FALSE(repacks_query_heads({"vllm", "vllm_flash_attn", "bf16"}, b60));
  CHECK(repacks_query_heads({"vllm", "vllm_flash_attn", "bf16"}, l40s));
}

TEST_CASE("a device without a number of units has no closed form", "[calibrated]") {
  auto device = shipped(find_device(shipped_presets(), "h100-sxm"));
  REQUIRE(machine(device, Compute::bf16)->units == 132);
  device.compute_units = 0;
  CHECK_FALSE(machine(device, Compute::bf16).has_value());
}
