#include "hwmodels/predicted_csv.hpp"

#include <catch2/catch.hpp>

#include "tests/support/shipped_presets.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

std::string predicted(const std::vector<std::filesystem::path>& files, CalibratedPrediction calibrated = {}) {
  const auto run = validate({.files = files, .calibrated = std::move(calibrated), .roots = shipped_presets()});
  if (!run) FAIL(error_lines(run.error()));
  return predicted_csv(*run);
}

constexpr std::string_view kGemm =
    "op,hardware,framework,dtype,m,n,k,latency_us,note\n"
    "gemm,h100-sxm,vllm,bf16,1,1024,1024,2,\"a, b\"\n"
    "gemm,h100-smx,vllm,bf16,1,1024,1024,2,\n";

}  // namespace

TEST_CASE("predicted csv: input columns, then the prediction, a row without one keeps its place and says why") {
  const test::TemporaryFolder folder;
  // (1024 x 1024 + 1024 + 1024) x 2 B = 2,101,248 B over 3.35 TB/s = 0.6272... us against 2: off by 68.6%.
  const auto out = predicted({folder.write("g.csv", kGemm)});
  CHECK(
      out.starts_with("op,hardware,framework,dtype,m,n,k,latency_us,note,predicted_us,low_us,high_us,grade,"
                      "ape_percent,reason\n"
                      "gemm,h100-sxm,vllm,bf16,1,1024,1024,2,\"a, b\",0.627238208955223"));
  CHECK(out.contains(",,,theoretical,68.6"));
  CHECK(
      out.ends_with("gemm,h100-smx,vllm,bf16,1,1024,1024,2,,,,,,,"
                    "hardware 'h100-smx' is not a known device (did you mean 'h100-sxm'?)\n"));
}

TEST_CASE("predicted csv: validating the output again replaces its predictions") {
  const test::TemporaryFolder folder;
  const auto once = predicted({folder.write("g.csv", kGemm)});
  CHECK(predicted({folder.write("again.csv", once)}) == once);
}

TEST_CASE("predicted csv: several files share one header, ops have their own predicted columns") {
  const test::TemporaryFolder folder;
  const auto runs = folder.write("e.csv",
                                 "op,model,hardware,engine,tp,pp,isl_tokens,osl_tokens,batch,ttft_ms,tpot_ms\n"
                                 "end_to_end,no-such-model-xyz,h100-sxm,vllm,1,1,100,100,1,5,5\n");
  const auto out = predicted({folder.write("g.csv", kGemm), runs});
  CHECK(
      out.starts_with("op,hardware,framework,dtype,m,n,k,latency_us,note,model,engine,tp,pp,isl_tokens,osl_tokens,"
                      "batch,ttft_ms,tpot_ms,"
                      "predicted_us,low_us,high_us,predicted_ttft_ms,low_ttft_ms,high_ttft_ms,predicted_tpot_ms,low_"
                      "tpot_ms,high_tpot_ms,"
                      "grade,ape_percent,reason\n"));
  CHECK(
      out.ends_with("end_to_end,h100-sxm,,,,,,,,no-such-model-xyz,vllm,1,1,100,100,1,5,5,,,,,,,,,,,,model "
                    "'no-such-model-xyz' is not a known model\n"));
}

TEST_CASE("predicted csv: a KV pool has no interval columns") {
  const test::TemporaryFolder folder;
  const auto out = predicted(
      {folder.write("k.csv",
                    "op,model,hardware,engine,gpus,tp,pp,memory_utilization,max_model_len_tokens,kv_pool_gib\n"
                    "kv_capacity,meta-llama/Meta-Llama-3-8B,a100-sxm,vllm,1,1,1,0.9,8192,55.11\n")});
  CHECK(out.contains("kv_pool_gib,predicted_kv_pool_gib,predicted_kv_tokens,predicted_max_concurrency,grade,"));
  const auto measured = out.find(",55.11,");
  REQUIRE(measured != out.npos);
  CHECK(std::stod(out.substr(measured + 7)) == Approx(55.11).epsilon(0.01));
}

TEST_CASE("predicted csv: a calibration's prediction stands beside its interval, and rows outside keep the roof") {
  const test::TemporaryFolder folder;
  const auto out = predicted({folder.write("g.csv", std::string(kGemm) + "gemm,h100-sxm,vllm,fp8,1,64,64,9,\n")},
                             [](const MeasuredRow& row, const Device&) -> std::optional<Prediction> {
                               if (row.dtype != "bf16") return {};
                               Prediction p{.grade = Grade::calibrated};
                               p.figures[0] = {.value = 2.5, .low = 1, .high = 3};
                               return p;
                             });
  CHECK(out.contains(",2.5,1,3,calibrated,25,\n"));
  CHECK(out.contains("theoretical"));
}
