#include "core/validation/doubtful_rows.hpp"

#include <catch2/catch.hpp>

#include "hwmodels/predicted_csv.hpp"
#include "tests/support/shipped_presets.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

ScoredRow row(MeasuredCall call, double measured, double roof, std::size_t line,
              std::optional<std::string> cause = {}) {
  ScoredRow r{.row = {.kernel = {"round", "toy", "1", "k"}, .dtype = "bf16", .call = call, .latency_us = measured},
              .line = line};
  r.roof.figures[0] = {.value = roof};
  r.prediction = r.roof;
  if (cause) r.below_roof = {.share = measured / roof, .cause = *cause};
  return r;
}

}  // namespace

TEST_CASE("doubtful rows: all that are below their roof, each with its own reason, the furthest below first") {
  const auto v = scored({"a/m.csv"}, {row(GemmCall{1, 2, 3}, 8, 10, 2, "cached"), row(GemmCall{1, 2, 3}, 10, 10, 3),
                                      row(AllReduceCall{.devices = 2, .bytes = 100}, 5, 10, 4, "the switch adds")});
  CHECK(doubtful_rows(v) == std::vector<std::size_t>{2, 0});  // shares 0.5 and 0.8; the row at its roof is in no doubt
  CHECK(csv(doubtful_records(v)) ==
        "file,line,op,hardware,framework,shape,dtype,quantity,measured,roof,reason\n"
        "a/m.csv,4,all_reduce,round,toy,100 bytes over 2,bf16,latency_us,5,10,the switch adds\n"
        "a/m.csv,2,gemm,round,toy,1 x 2 x 3,bf16,latency_us,8,10,cached\n");
}

TEST_CASE("doubtful rows: the reason of a serving run is that of the time furthest below its roof") {
  const test::TemporaryFolder folder;
  // The weights of 8 billion parameters take 4.8 ms: a prompt in 0.1 ms is further below its roof than a step in 4.5.
  const auto file = folder.write("e.csv",
                                 "op,model,hardware,engine,tp,pp,isl_tokens,osl_tokens,batch,ttft_ms,tpot_ms\n"
                                 "end_to_end,meta-llama/Llama-3.1-8B,h100-sxm,vllm,1,1,1000,1000,1,0.1,4.5\n");
  const auto run = validate({.files = {file}, .roots = shipped_presets()});
  REQUIRE(run);
  const auto& below = run->validation.rows.front().below_roof;
  REQUIRE(below);
  CHECK(below->figure == 0);
  CHECK(below->share < 0.1);
  CHECK(below->cause.contains("below the weight floor"));
  CHECK(predicted_csv(*run).contains("faster than the roof: labels (precision"));
}
