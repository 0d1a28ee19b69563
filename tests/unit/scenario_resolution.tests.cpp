#include "hwmodels/scenario_resolution.hpp"

#include <catch2/catch.hpp>

#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

ScenarioDocument document() {
  return {.model = "llama-3.1-8b", .hardware = "h100-sxm", .isl = "8Ki", .osl = "1Ki"};
}

std::string problems(const ScenarioDocument& d) {
  const auto s = resolved(d, shipped_presets());
  return s ? "" : error_lines(s.error());
}

}  // namespace

TEST_CASE("a scenario's texts become the values that their units say") {
  auto d = document();
  d.tp = "2";
  d.gpus = "8";
  d.batch = "64";
  d.tpot = "50ms";
  d.memory_utilization = "92%";
  d.memory = "96GiB";
  d.block_size = "32";
  d.price = "2.5";
  d.kv_dtype = "fp8";
  d.attention = "mqa";
  const auto s = resolved(d, shipped_presets());
  REQUIRE(s);
  CHECK(s->model.id == "llama-3.1-8b");
  CHECK(s->device.id == "h100-sxm");
  CHECK(s->deployment == Deployment{.tp = 2, .dp = 4});  // 8 / (2 x 1)
  CHECK(s->workload.isl == 8192);
  CHECK(s->workload.osl == 1024);
  CHECK(s->workload.batch == 64);
  CHECK(s->workload.tpot_slo == 0.05 * units::s);
  CHECK(s->memory_utilization == 0.92);
  CHECK(s->device.memory == 96.0 * GiB);
  CHECK(s->block_tokens == 32);
  CHECK(s->price_usd_hour == 2.5);
  CHECK(s->kv.name == "fp8");
  CHECK(attention_label(s->model) == "mqa");
  CHECK(s->engine.id == "vllm");
}

TEST_CASE("a scenario tells everything that is wrong at once, at the flags' places") {
  CHECK(problems({.hardware = "h100-smx", .gpus = "4", .tp = "3", .batch = "0", .engine = "vlm", .attention = "gqa"}) ==
        "--engine 'vlm' is not a known engine (did you mean 'vllm'?)\n"
        "--gpus 4 is not a multiple of tp x pp = 3 (every replica takes tp x pp devices)\n"
        "--batch '0': expected between 1 and 1073741824\n"
        "MODEL missing (e.g. llama-3.1-8b)\n"
        "--hardware 'h100-smx' is not a known device (did you mean 'h100-sxm'?)\n" +
            error_lines(parse_attention_override("gqa").error()));
}

TEST_CASE("gpus and dp of a scenario must agree") {
  auto d = document();
  d.gpus = "8";
  d.dp = "2";
  CHECK(problems(d) == "--gpus 8 is not tp x pp x dp = 2 (leave --dp out)\n");
  d.dp = "8";
  CHECK(problems(d).empty());
}

TEST_CASE("calibration none leaves the roofs of the datasheet, whatever the engine has been fitted to") {
  auto d = document();
  REQUIRE_FALSE(resolved(d, shipped_presets())->engine.serving.empty());
  d.calibration = "none";
  CHECK(resolved(d, shipped_presets())->engine.serving.empty());
  d.calibration = "presets/serving/sglang-hopper-dense.json";
  CHECK(problems(d) == "--calibration 'presets/serving/sglang-hopper-dense.json' is a fit of sglang, not of vllm\n");
}
