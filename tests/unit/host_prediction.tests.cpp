#include <catch2/catch.hpp>

#include "core/host_attention.hpp"
#include "core/host_memory.hpp"
#include "core/validation/host_prediction.hpp"
#include "tests/support/sample_ceilings.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

MeasuredRow row_of(DecodeAttentionCall call) {
  return {.kernel = {.hardware = "host", .framework = "roofcast", .kernel = "roofcast_cpu"},
          .dtype = "bf16",
          .call = call,
          .latency_us = 100,
          .threads = 2};
}

Device probed() {
  return {.id = "host", .ceilings = roofcast::test::round_ceilings()};
}

}  // namespace

TEST_CASE("a row of this project's kernel is predicted by the probed ceilings, with an interval (H5)") {
  const auto p = host_prediction(row_of({.context = 1000, .heads = 32, .kv_heads = 32}), probed()).value();
  const auto t = host_attention_time({.context = 1000, .heads = 32, .kv_heads = 32, .threads = 2},
                                     roofcast::test::round_ceilings())
                     .value();
  REQUIRE(p.figures[0].has_value());
  CHECK(p.figures[0]->value == t.time.in(us));
  CHECK(p.figures[0]->low == t.low.in(us));
  CHECK(p.figures[0]->high == t.high.in(us));
  CHECK(p.grade == Grade::calibrated);
  CHECK(p.bound == t.bound);
}

TEST_CASE("only the tokens of a window count, and cold rows take longer (H5)") {
  const auto time = [&](const MeasuredRow& row) { return host_prediction(row, probed())->figures[0]->value; };
  auto row = row_of({.context = 8000, .heads = 8, .kv_heads = 8, .window = 512});
  const auto alone = row_of({.context = 512, .heads = 8, .kv_heads = 8});
  CHECK(time(row) == time(alone));
  const double warm = time(row);
  row.cold = true;
  CHECK(time(row) > warm);
}

TEST_CASE("the layout of a row's cache counts where it was probed (H2)") {
  Device device = probed();
  device.ceilings->layout = {{.element = "bf16", .layout = "tokens_first", .factor = 2}};
  auto row = row_of({.context = 8000, .heads = 8, .kv_heads = 8});
  row.cold = true;
  const double in_a_row = host_prediction(row, device)->figures[0]->value;
  row.layout = "tokens_first";
  CHECK(host_prediction(row, device)->figures[0]->value > in_a_row);
}

TEST_CASE("what memory gave beside a row counts, not what was probed before (H2)") {
  // Cold rows of one head per KV head: bytes / bandwidth is the memory's time, so half the bandwidth doubles it.
  const HostAttention call{.context = 8000, .heads = 8, .kv_heads = 8, .threads = 2, .cold = true};
  const auto ceilings = roofcast::test::round_ceilings();
  const BytesPerSecond known = host_memory(ceilings, 2)->memory;
  const auto memory_time = [&](std::optional<BytesPerSecond> memory) {
    HostAttention c = call;
    c.memory = memory;
    return host_attention_time(c, ceilings)->memory.in(us);
  };
  CHECK(memory_time(known / 2) == Approx(2 * memory_time({})));
  auto row = row_of({.context = 8000, .heads = 8, .kv_heads = 8});
  row.cold = true;
  const double before = host_prediction(row, probed())->figures[0]->value;
  row.memory = known / 2;
  CHECK(host_prediction(row, probed())->figures[0]->value > before);
}

TEST_CASE("other kernels and machines that were not probed are left to other predictions (H5)") {
  auto row = row_of({.context = 100, .heads = 8, .kv_heads = 8});
  CHECK_FALSE(host_prediction(row, Device{.id = "host"}).has_value());
  row.dtype = "fp8";
  CHECK_FALSE(host_prediction(row, probed()).has_value());
  row.dtype = "bf16";
  row.kernel.kernel = "flash";
  CHECK_FALSE(host_prediction(row, probed()).has_value());
  row.kernel = {.framework = "vllm", .kernel = "roofcast_cpu"};
  CHECK_FALSE(host_prediction(row, probed()).has_value());
  CHECK_FALSE(
      host_prediction({.kernel = {.framework = "roofcast", .kernel = "roofcast_cpu"}, .call = GemmCall{}}, probed())
          .has_value());
}
