#include "core/validation/prediction.hpp"

#include <catch2/catch.hpp>

#include "core/compiled_scenario.hpp"
#include "core/serving_times.hpp"
#include "core/validation/likely_cause.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// 1 TB/s, 100 TFLOP/s: bytes / 1e6 and FLOP / 1e8 are microseconds.
Device round_device() {
  return {.id = "round",
          .bandwidth = 1.0 * TB / s,
          .peaks = {.bf16 = 100.0 * TFLOP / s},
          .last_level_cache = 10 * MB,
          .link = 0.1 * TB / s,
          .link_domain = 8,
          .pcie = 0.01 * TB / s};
}

double predicted_us(MeasuredCall call, std::string dtype = "bf16") {
  const auto p = predict_kernel({.dtype = std::move(dtype), .call = call}, round_device());
  INFO(p.reason);
  REQUIRE(p.figures[0]);
  return p.figures[0]->value;
}

ServingRun toy_run() {
  return {.model = "toy", .engine = "toy-engine", .isl = 60, .osl = 40, .batch = 4, .ttft_ms = 1, .tpot_ms = 1};
}

Prediction serving(const ServingRun& run) {
  return serving_roof(run, toy_model(), toy_device(), toy_engine());
}

}  // namespace

TEST_CASE("a kernel's least time is that of the slowest roof (R1, V1, V4, V6)") {
  // 40 MB of cache + 40 kB of queries and results over 1 TB/s.
  CHECK(predicted_us(DecodeAttentionCall{.batch = 10, .context = 1000, .heads = 10, .kv_heads = 10, .head_dim = 100}) ==
        Approx(40.04));
  // 2 x 1000^3 FLOP at 100 TFLOP/s: 20 us; 3 x 1000^2 x 2 B take 6.
  CHECK(predicted_us(GemmCall{1000, 1000, 1000}) == Approx(20));
  // 2 x 7/8 of 8 MB over 100 GB/s.
  CHECK(predicted_us(AllReduceCall{8, 8e6}) == Approx(140));
  // 16 devices are two domains: the 140 us within each, then 2 x 1/2 of each device's eighth, 1 MB, over PCIe: 100.
  CHECK(predicted_us(AllReduceCall{16, 8e6}) == Approx(240));
}

TEST_CASE("a roof has no interval, is theoretical and says which roof it is") {
  const auto p = predict_kernel({.dtype = "bf16", .call = GemmCall{1000, 1000, 1000}}, round_device());
  CHECK(p.grade == Grade::theoretical);
  CHECK(p.bound == Bound::compute);
  CHECK_FALSE(p.figures[0]->low);
  CHECK_FALSE(p.figures[0]->high);
}

TEST_CASE("what cannot be predicted says why and has no figure") {
  const auto reason = [](const MeasuredRow& row, const Device& device) {
    const auto p = predict_kernel(row, device);
    CHECK_FALSE(p.figures[0]);
    return p.reason;
  };
  CHECK(reason({.dtype = "fp9", .call = GemmCall{}}, round_device()) == "dtype 'fp9' is not a known format");
  CHECK(reason({.call = AllReduceCall{1, 8}}, round_device()) == "one device has nothing to exchange");
  CHECK(reason({.call = DecodeAttentionCall{}, .problem = "kv_heads 2 exceeds heads 1"}, round_device()) ==
        "kv_heads 2 exceeds heads 1");
  CHECK(reason({.dtype = "bf16", .call = GemmCall{}}, {.id = "empty"}) == "empty has no known bandwidth");
  CHECK(reason({.dtype = "bf16", .call = GemmCall{}}, {.id = "mute", .bandwidth = 1.0 * TB / s}) ==
        "mute has no known bf16 peak rate");
}

TEST_CASE("a serving run is a prompt alone and the decode step of its batch at the mean length (D6, D8, W1)") {
  auto scenario = toy_scenario();
  scenario.workload = {.isl = 60, .osl = 40};
  const auto c = compile(scenario);
  const auto p = serving(toy_run());
  REQUIRE(p.figures[1]);
  CHECK(p.figures[0]->value == Approx(prefill_time(c.plan, c.roofs, 60, c.chunk_tokens).time.in(ms)));
  CHECK(p.figures[1]->value == Approx(decode_time(c.plan, c.roofs, {.batch = 4, .context = 80}).time.in(ms)));
}

TEST_CASE("a serving run is predicted as estimate does, with an interval once the engine has a fit (S2, S3)") {
  auto scenario = toy_scenario();
  scenario.workload = {.isl = 60, .osl = 40};
  const auto predicted = [&](const Engine& engine) {
    return predict_serving(toy_run(), toy_model(), toy_device(), engine);
  };
  const auto theoretical = predicted(toy_engine());
  const auto times = serving_times(compile(scenario), scenario.workload, 4);
  CHECK(theoretical.grade == Grade::theoretical);
  CHECK(theoretical.figures[0] == PredictedFigure{.value = times.ttft.in(ms)});
  CHECK(theoretical.figures[1] == PredictedFigure{.value = times.tpot.in(ms)});
  // Others' prompts come on top of the decode step.
  CHECK(theoretical.figures[1]->value > serving(toy_run()).figures[1]->value);

  auto fitted = toy_engine();
  fitted.serving = {{.engine = "toy-engine",
                     .hardware = {"toy-device"},
                     .pace = {.step_host = 2 * ms},
                     .range = {.most_gpus = 8, .most_batch = 64, .most_tokens = 1000},
                     .small_batch = {.low = 0.8, .high = 1.5}}};
  const auto calibrated = predicted(fitted);
  CHECK(calibrated.grade == Grade::calibrated);
  CHECK(calibrated.figures[1]->value == Approx(theoretical.figures[1]->value + 2));
  // 0.8 of it would be faster than the roofs.
  CHECK(0.8 * calibrated.figures[1]->value < theoretical.figures[1]->value);
  CHECK(*calibrated.figures[1]->low == Approx(theoretical.figures[1]->value));
  CHECK(*calibrated.figures[1]->high == Approx(1.5 * calibrated.figures[1]->value));
  CHECK(serving_roof(toy_run(), toy_model(), toy_device(), fitted) == serving(toy_run()));
}

TEST_CASE("requests beyond the memory wait: the step is that of those that fit (M8)") {
  auto many = toy_run();
  many.batch = 1000;
  auto ten = toy_run();
  ten.batch = 10;  // 100 tokens take 10 of 102 blocks
  CHECK(serving(many).figures[1] == serving(ten).figures[1]);
  auto huge = toy_run();
  huge.isl = 5000;
  CHECK(serving(huge).reason == "not one request of 5040 tokens fits on 1 x toy-device");
}

TEST_CASE("replicas share the requests of a run") {
  auto two = toy_run();
  two.dp = 2;
  two.batch = 8;
  CHECK(serving(two).figures == serving(toy_run()).figures);
}

TEST_CASE("a serving run that cannot be built says why") {
  auto run = toy_run();
  run.tp = 3;
  CHECK(serving(run).reason == "--tp 3 does not divide the 4 query heads of Toy");
  run = toy_run();
  run.precision = "fp9";
  CHECK(serving(run).reason == "'fp9' is not a known weight format");
}

TEST_CASE("a KV pool follows from the engine's rules: bytes, tokens and full-length sequences (M6, M8)") {
  const CacheStart start{.model = "toy", .engine = "toy-engine", .memory_utilization = 1, .max_model_len = 100};
  const auto p = predict_cache(start, toy_model(), toy_device(), toy_engine());
  INFO(p.reason);
  REQUIRE(p.figures[0]);
  CHECK(p.figures[0]->value == Approx(81800 / 0x1p30));     // 100,000 - 16,000 of weights - 2,200 of activations
  CHECK(p.figures[1]->value == 1020);                       // 102 blocks of 10 tokens
  CHECK(p.figures[2]->value == Approx(10.1).margin(0.11));  // 10 blocks each, one block holds nothing
  auto wrong = start;
  wrong.gpus = 3;
  wrong.tp = 2;
  CHECK(predict_cache(wrong, toy_model(), toy_device(), toy_engine()).reason ==
        "gpus 3 is not a multiple of tp 2 x pp 1");
  wrong = start;
  wrong.memory_utilization = 1.5;
  CHECK(predict_cache(wrong, toy_model(), toy_device(), toy_engine()).reason ==
        "--memory-utilization 1.5 is not a fraction in (0, 1]");
}

TEST_CASE("rows faster than their roof get the cause that their shape speaks for") {
  const auto cause = [](MeasuredCall call, Bound bound, double share, std::string dtype = "bf16") {
    return likely_cause({.dtype = std::move(dtype), .call = call}, round_device(), bound, share);
  };
  const DecodeAttentionCall small{.batch = 1, .context = 1000, .heads = 10, .kv_heads = 10, .head_dim = 100};  // 4 MB
  DecodeAttentionCall large = small;
  large.batch = 100;
  CHECK(cause(small, Bound::memory, 0.5) == "the KV cache in the last-level cache: repeats do not read memory");
  CHECK(cause(large, Bound::memory, 0.5) == "V that aliases K: half of the bytes would explain it");
  CHECK(cause(large, Bound::memory, 0.1) == "a window that the label does not show, or keys that were not read");
  CHECK(cause(large, Bound::memory, 0.95) == "within 10% of the roof: clocks or bandwidth above the data sheet's");
  CHECK(cause(GemmCall{1, 4000, 4000}, Bound::memory, 0.5) ==  // 32 MB of weights, 10 MB of cache
        "part of the weights in the last-level cache from the repeat before");
  CHECK(cause(GemmCall{1000, 1000, 1000}, Bound::compute, 0.5) ==
        "labels that do not say what ran: shape, number type or device");
}
