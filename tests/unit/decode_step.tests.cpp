#include <catch2/catch.hpp>

#include "core/decode_step.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// 1 GB/s, 1 TFLOP/s for every type, 0.1 GB/s of links.
DeviceRoofs round_roofs() {
  DeviceRoofs r{.bandwidth = 1.0 * GB / s, .link = 0.1 * GB / s};
  r.compute.fill(1.0 * TFLOP / s);
  return r;
}

/// One operator that moves 1 MB of weights per layer and does 1 MFLOP per token.
StepPlan one_matrix(double layers) {
  StepPlan plan;
  plan.operators = {{.name = "matrix", .count = layers, .weight_bytes = 1e6, .flops_token = 1e6}};
  return plan;
}

}  // namespace

TEST_CASE("an operator's time is its layers times the larger of its roofs (R1, D1)", "[core][decode]") {
  // 1 MB / 1 GB/s = 1 ms per layer; batch x 1 MFLOP / 1 TFLOP/s = batch x 1 us: even at batch 1000.
  const auto at = [](double batch) { return decode_step(one_matrix(4), round_roofs(), {.batch = batch}); };
  CHECK(at(1).time().in(ms) == Approx(4.0));
  CHECK(at(1).bound() == Bound::memory);
  CHECK(at(1000).time().in(ms) == Approx(4.0));
  CHECK(at(3000).time().in(ms) == Approx(12.0));
  CHECK(at(3000).bound() == Bound::compute);
  CHECK(at(3000).parts.front().traffic.weights == 4e6);
  CHECK(at(3000).cost().flops.in(GFLOP) == Approx(12.0));
}

TEST_CASE("a step keeps its parts and adds them up (D6)", "[core][decode]") {
  StepPlan plan = one_matrix(1);
  plan.operators.push_back({.name = "reduce", .kind = OperatorKind::all_reduce, .count = 2, .network_token = 1000});
  const Step step = decode_step(plan, round_roofs(), {.batch = 50});
  // 1 ms of weights; 2 x 50 x 1 kB / 0.1 GB/s = 1 ms of network
  REQUIRE(step.parts.size() == 2);
  CHECK(step.parts[0].timed.time.in(ms) == Approx(1.0));
  CHECK(step.parts[1].timed.time.in(ms) == Approx(1.0));
  CHECK(step.parts[1].timed.bound == Bound::network);
  CHECK(step.time().in(ms) == Approx(2.0));
  CHECK(step.cost().network.in(kB) == Approx(100.0));
}

TEST_CASE("the bound of a step is the roof that holds most of its time", "[core][decode]") {
  StepPlan plan = one_matrix(1);  // 1 ms, memory
  plan.operators.push_back({.name = "products", .count = 1, .flops_token = 0.6e9});
  plan.operators.push_back({.name = "more_products", .count = 1, .flops_token = 0.6e9});
  // Two operators of 0.6 ms each outweigh the largest single one.
  CHECK(decode_step(plan, round_roofs(), {}).bound() == Bound::compute);
  CHECK(decode_time(plan, round_roofs(), {}).bound == Bound::compute);
}

TEST_CASE("a link that nobody published takes no time", "[core][decode]") {
  StepPlan plan = one_matrix(1);
  plan.operators.push_back({.name = "reduce", .kind = OperatorKind::all_reduce, .count = 1, .network_token = 1e9});
  DeviceRoofs roofs = round_roofs();
  roofs.link = {};
  CHECK(decode_time(plan, roofs, {}).time.in(ms) == Approx(1.0));
}

TEST_CASE("pipeline stages work on micro-batches (D6)", "[core][decode]") {
  StepPlan plan = one_matrix(4);
  plan.pp = 4;
  // 4000 sequences: 4 micro-batches of 1000, each 4 layers x max(1 ms, 1 ms); batch 8000: 2 ms each.
  CHECK(decode_time(plan, round_roofs(), {.batch = 4000}).time.in(ms) == Approx(4.0));
  CHECK(decode_time(plan, round_roofs(), {.batch = 8000}).time.in(ms) == Approx(8.0));
  // Fewer sequences than stages: a micro-batch is at least one sequence.
  CHECK(decode_time(plan, round_roofs(), {.batch = 1}).time.in(ms) == Approx(4.0));
}

TEST_CASE("micro-batches queue at the largest stage (D6)", "[core][decode]") {
  // 5 layers of 1 ms over 4 stages: 1, 1, 2, 1. A token needs 5 ms for its way; the largest stage is
  // busy 2 ms per micro-batch: with 3 of them 6 ms pass before the first comes round again, with 4, 8 ms.
  StepPlan plan = one_matrix(5);
  plan.pp = 4;
  plan.stage_imbalance = 2.0 * 4 / 5;
  const auto at = [&](double batch) { return decode_time(plan, round_roofs(), {.batch = batch}).time.in(ms); };
  CHECK(at(1) == Approx(5.0));
  CHECK(at(2) == Approx(5.0));
  CHECK(at(3) == Approx(6.0));
  CHECK(at(4) == Approx(8.0));
  CHECK(at(400) == Approx(8.0));
}

TEST_CASE("the wait for the largest stage is a part, under the roof of the rest (D6)", "[core][decode]") {
  StepPlan plan = one_matrix(5);
  plan.pp = 4;
  plan.stage_imbalance = 1.6;
  const Step step = decode_step(plan, round_roofs(), {.batch = 40'000});
  REQUIRE(step.parts.back().name == "pipeline_bubble");
  // micro-batch 10,000: 10 ms per layer, 50 ms in all, 30 ms of waiting
  CHECK(step.parts.back().timed.time.in(ms) == Approx(30.0));
  CHECK(step.parts.back().timed.bound == Bound::compute);
  CHECK(step.bound() == Bound::compute);
  CHECK(step.cost().flops.in(GFLOP) == Approx(5 * 10.0));
}

TEST_CASE("uneven stages never let a larger batch serve fewer tokens (D6)", "[core][decode]") {
  StepPlan plan = one_matrix(5);
  plan.pp = 4;
  plan.stage_imbalance = 1.6;
  double before = 0;
  for (double batch = 1; batch < 12; ++batch) {
    const double rate = batch / decode_time(plan, round_roofs(), {.batch = batch}).time.in(s);
    CHECK(rate >= before);
    before = rate;
  }
}

TEST_CASE("a prompt streams the weights once per chunk (D8)", "[core][decode]") {
  // 3000 tokens in chunks of 1024: 3 chunks, 3 ms of weights against 3 ms of products.
  CHECK(prefill_time(one_matrix(1), round_roofs(), 3000, 1024).cost.bytes.in(MB) == Approx(3.0));
  CHECK(prefill_time(one_matrix(1), round_roofs(), 3000, 1024).time.in(ms) == Approx(3.0));
  CHECK(prefill_time(one_matrix(1), round_roofs(), 3000, 4096).cost.bytes.in(MB) == Approx(1.0));
  CHECK(prefill_time(one_matrix(1), round_roofs(), 3000, 4096).bound == Bound::compute);
}

TEST_CASE("ranks inside one scale-up domain use its links, stages beyond it PCIe (T1, T4)", "[core][decode]") {
  const Device d = h100_sxm();
  CHECK(device_roofs(d, {.tp = 8}).link == d.link);
  CHECK_FALSE(device_roofs(d, {.tp = 4, .pp = 2}).stage_link);
  CHECK(device_roofs(d, {.tp = 8, .pp = 2}).link == d.link);  // all-reduces stay inside
  CHECK(device_roofs(d, {.tp = 8, .pp = 2}).link_of(OperatorKind::send).bandwidth.in(GB / s) == Approx(64));
  CHECK(device_roofs(d, {.tp = 8, .dp = 16}).link == d.link);  // replicas do not talk
  Device bridge_less = d;
  bridge_less.link = {};
  CHECK(device_roofs(bridge_less, {.tp = 2}).link == d.pcie);
}

TEST_CASE("every number type has a compute roof: its own or the next wider one", "[core][decode]") {
  const DeviceRoofs r = device_roofs(h100_sxm(), {});
  CHECK(r.roof(Compute::bf16).compute.in(TFLOP / s) == Approx(989.4));
  CHECK(r.roof(Compute::fp8).compute.in(TFLOP / s) == Approx(1978.9));
  CHECK(r.roof(Compute::fp4).compute.in(TFLOP / s) == Approx(1978.9));  // no fp4 units: runs as fp8
  CHECK(r.roof(Compute::bf16).bandwidth == h100_sxm().bandwidth);
}
