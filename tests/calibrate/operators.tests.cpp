#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "core/calibrated/all_reduce.hpp"
#include "core/calibrated/gemm.hpp"
#include "core/calibrated/kernel_use.hpp"
#include "core/calibrated/mla_decode.hpp"
#include "core/calibrated/moe.hpp"
#include "core/calibrated/prefill_attention.hpp"
#include "hwmodels/calibrate/measured_calibrations.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

Device h100() {
  return shipped(find_device(shipped_presets(), "h100-sxm"));
}

/// What a kernel with known parameters would be measured as.
template <class Form, class Call>
double time_us(const typename Form::Parameters& p, const std::string& dtype, const Call& call,
               const typename Form::Call& asked) {
  const KernelLabel label{.name = {.hardware = "h100-sxm", .framework = "mine", .version = "1", .kernel = "mine"},
                          .dtype = dtype};
  const auto use = kernel_use(label, call, h100(), CacheReuse::between_calls);
  REQUIRE(use);
  return Form::terms(p, use->setting, asked).total().in(units::us);
}

Calibration fitted(const std::string& csv) {
  const auto file = shipped(parse_csv(csv, "synthetic.csv"));
  auto out = shipped(measured_calibrations(file, h100(), {.source = "synthetic", .date = "2026-01-01"}));
  REQUIRE(out.calibrations.size() == 1);
  return out.calibrations.front();
}

double value(const Calibration& c, std::string_view name) {
  for (const auto& p : c.parameters)
    if (p.name == name) return p.value;
  FAIL("no parameter " << name);
  return 0;
}

/// Rows without noise leave next to no error, also on configurations apart.
void check_errors(const Calibration& c, std::size_t hold_outs) {
  CHECK(c.errors.size() > hold_outs);
  for (const auto& e : c.errors) {
    CAPTURE(e.rows_of);
    CHECK(e.median_percent < 2);
  }
}

}  // namespace

TEST_CASE("a fit recovers what products were made of") {
  const GemmParameters known{.launch_us = 6,
                             .bandwidth_share = 0.8,
                             .compute_share = 0.6,
                             .stream_us = 4,
                             .unsplit_k = 600,
                             .tile_us = 0.8,
                             .quantise_token_ns = 5,
                             .quantise_bandwidth_share = 0.3};
  std::string csv = "op,hardware,framework,dtype,m,n,k,latency_us\n";
  for (const double m : {1, 16, 128, 1024, 8192})
    for (const double n : {128, 1024, 4096, 16384})
      for (const double k : {64, 512, 4096, 32768}) {
        const GemmCall call{.m = m, .n = n, .k = k};
        csv +=
            fmt::format("gemm,h100-sxm,mine,fp8,{},{},{},{}\n", m, n, k, time_us<GemmForm>(known, "fp8", call, call));
      }
  const auto c = fitted(csv);
  CHECK(c.key == CalibrationKey{"gemm", "h100-sxm", "mine", "", "", "fp8"});
  CHECK(value(c, "launch_us") == Approx(6).epsilon(0.05));
  CHECK(value(c, "bandwidth_share") == Approx(0.8).epsilon(0.05));
  CHECK(value(c, "compute_share") == Approx(0.6).epsilon(0.05));
  CHECK(value(c, "quantise_token_ns") == Approx(5).epsilon(0.1));
  check_errors(c, 3);
}

TEST_CASE("products in 16 bit have no price of quantising") {
  std::string csv = "op,hardware,framework,dtype,m,n,k,latency_us\n";
  for (const double m : {1, 64, 1024})
    for (const double n : {128, 1024, 4096})
      for (const double k : {64, 512, 4096}) {
        const GemmCall call{.m = m, .n = n, .k = k};
        csv += fmt::format("gemm,h100-sxm,mine,bf16,{},{},{},{}\n", m, n, k,
                           time_us<GemmForm>(GemmParameters{}, "bf16", call, call));
      }
  CHECK(fitted(csv).parameters.size() == GemmParameters::fields().size() - 2);
}

TEST_CASE("a fit recovers what prompt attention was made of") {
  const PrefillAttentionParameters known{.launch_us = 12,
                                         .compute_share = 0.4,
                                         .compute_per_doubling = 0.8,
                                         .ramp_tokens = 300,
                                         .item_us = 3,
                                         .stream_us = 10,
                                         .token_ns = 1,
                                         .masked_share = 0.3};
  std::string csv =
      "op,hardware,framework,framework_version,kernel,batch,isl_tokens,heads,kv_heads,head_dim,window_tokens,q_dtype,"
      "kv_dtype,latency_us\n";
  for (const double batch : {1, 8, 64})
    for (const double tokens : {1, 64, 512, 2048, 8192})
      for (const double heads : {2, 32})
        for (const double head_dim : {64, 128, 256})
          for (const double window : {0, 256}) {
            const PrefillAttentionCall call{.batch = batch,
                                            .tokens = tokens,
                                            .heads = heads,
                                            .kv_heads = 2,
                                            .head_dim = head_dim,
                                            .window = window};
            csv += fmt::format("prefill_attention,h100-sxm,mine,1,mine,{},{},{},2,{},{},bf16,bf16,{}\n", batch, tokens,
                               heads, head_dim, window, time_us<PrefillAttentionForm>(known, "bf16/bf16", call, call));
          }
  const auto c = fitted(csv);
  CHECK(c.key.dtype == "bf16/bf16");
  CHECK(value(c, "launch_us") == Approx(12).epsilon(0.05));
  CHECK(value(c, "compute_share") == Approx(0.4).epsilon(0.05));
  CHECK(value(c, "item_us") == Approx(3).epsilon(0.1));
  CHECK(value(c, "masked_share") == Approx(0.3).epsilon(0.1));
  check_errors(c, 3);
}

TEST_CASE("a fit recovers what MLA decode was made of") {
  const MlaDecodeParameters known{
      .launch_us = 9, .bandwidth_share = 0.7, .item_us = 8, .unit_stream_gb_s = 60, .most_splits = 8, .split_us = 6};
  std::string csv =
      "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_lora_rank,rope_dim,kv_dtype,"
      "latency_us\n";
  for (const double batch : {1, 4, 16, 64, 256})
    for (const double context : {16, 256, 1024, 8192, 65536})
      for (const double heads : {1, 8, 32, 128}) {
        const MlaDecodeCall call{.batch = batch, .context = context, .heads = heads};
        csv += fmt::format("mla_decode,h100-sxm,mine,1,mine,{},{},{},512,64,bf16,{}\n", batch, context, heads,
                           time_us<MlaDecodeForm>(known, "bf16", call, call));
      }
  const auto c = fitted(csv);
  CHECK(c.key.variant == "1");
  CHECK(value(c, "launch_us") == Approx(9).epsilon(0.05));
  CHECK(value(c, "bandwidth_share") == Approx(0.7).epsilon(0.05));
  check_errors(c, 3);
}

TEST_CASE("a fit recovers what experts were made of") {
  const MoeParameters known{.launch_us = 30, .bandwidth_share = 0.8, .expert_us = 0.3, .pair_ns = 2, .token_ns = 5};
  std::string csv =
      "op,hardware,framework,framework_version,kernel,dtype,tokens,hidden,intermediate,topk,experts,tp,ep,distribution,"
      "latency_us\n";
  struct Model {
    double hidden, intermediate, top_k, experts;
  };
  for (const Model& m : {Model{4096, 14336, 2, 8}, Model{2048, 768, 8, 128}, Model{7168, 2048, 8, 64}})
    for (const double tokens : {1, 16, 128, 1024, 8192})
      for (const double ep : {1, 8})
        for (const bool even : {true, false}) {
          const MoeCall call{.tokens = tokens,
                             .hidden = m.hidden,
                             .intermediate = m.intermediate,
                             .top_k = m.top_k,
                             .experts = m.experts,
                             .ep = ep,
                             .skew = even ? 0 : 1.2};
          csv += fmt::format("moe,h100-sxm,mine,1,mine,bf16,{},{},{},{},{},1,{},{},{}\n", tokens, m.hidden,
                             m.intermediate, m.top_k, m.experts, ep, even ? "balanced" : "power_law_1.2",
                             time_us<MoeForm>(known, "bf16", call, loaded(call)));
        }
  const auto c = fitted(csv);
  CHECK(value(c, "launch_us") == Approx(30).epsilon(0.05));
  CHECK(value(c, "bandwidth_share") == Approx(0.8).epsilon(0.05));
  CHECK(value(c, "expert_us") == Approx(0.3).epsilon(0.1));
  check_errors(c, 2);
}

TEST_CASE("a fit recovers what an all-reduce was made of") {
  const AllReduceParameters known{.launch_us = 7, .hop_us = 1, .bus_gb_s = 250, .ramp_us = 5, .contention = 1.3};
  std::string csv = "op,hardware,framework,framework_version,kernel,dtype,gpus,bytes,latency_us\n";
  for (const double devices : {2, 8})
    for (double bytes = 256; bytes < 1e9; bytes *= 4) {
      const AllReduceCall call{.devices = devices, .bytes = bytes};
      csv += fmt::format("all_reduce,h100-sxm,nccl,1,NCCL,half,{},{},{}\n", devices, bytes,
                         time_us<AllReduceForm>(known, "half", call, call));
    }
  const auto c = fitted(csv);
  CHECK(value(c, "launch_us") == Approx(7).epsilon(0.05));
  CHECK(value(c, "bus_gb_s") == Approx(250).epsilon(0.05));
  CHECK(value(c, "contention") == Approx(1.3).epsilon(0.05));
  check_errors(c, 2);
}
