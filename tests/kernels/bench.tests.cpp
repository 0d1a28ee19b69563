#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "hwmodels/bench/bench_grid.hpp"
#include "hwmodels/bench/bench_run.hpp"
#include "hwmodels/kernels/core_watch.hpp"

using namespace roofcast;
using namespace roofcast::bench;
using namespace roofcast::units;

namespace {

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> list;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) list.push_back(cell);
  return list;
}

}  // namespace

TEST_CASE("a grid is the product of its axes, the context fastest", "[bench]") {
  const auto points =
      points_of(AttentionAxes{.heads = {8}, .kv_heads = {8, 1}, .batches = {1, 2}, .contexts = {64, 128}});
  REQUIRE(points.size() == 8);
  const auto& second = std::get<AttentionPoint>(points[1]);
  CHECK(second.context == 128);
  CHECK(second.batch == 1);
  CHECK(std::get<AttentionPoint>(points[4]).shape.kv_heads == 1);
  CHECK(points_of(MatrixAxes{.m = {1, 2}, .k = {3, 4, 5}}).size() == 6);
}

TEST_CASE("every point that cannot be measured is told before anything is", "[bench][errors]") {
  const std::vector<BenchPoint> points{AttentionPoint{},
                                       AttentionPoint{.shape = {.query_heads = 3, .kv_heads = 2}, .page_tokens = 24},
                                       AttentionPoint{.batch = 100, .context = 1 << 20}, kernels::MatrixShape{.m = 0}};
  const auto errors = bench_problems(points, 4 * GiB);
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].what == "3 query heads cannot be shared by 2 KV heads: expected a multiple");
  CHECK(errors[1].what == "pages of 24 tokens: expected 0 or a power of two");
  // 100 x 2^20 tokens x K and V x 1 head x 128 x 4 bytes = 100 GiB
  CHECK(errors[2].what == "needs 100.00 GiB, 4.00 GiB of memory are available");
  CHECK(errors[3].what == "m=0, n=1, k=1: expected at least 1 each");
  for (const Error& e : errors) CHECK(e.kind == ErrorKind::unsupported);
}

TEST_CASE("a measured row has the columns of measurement files and is a time", "[bench]") {
  const AttentionPoint point{
      .shape = {.query_heads = 4, .kv_heads = 2, .head_dim = 64, .window = 32, .kv = kernels::KvElement::fp16},
      .batch = 2,
      .context = 100,
      .page_tokens = 16};
  const BenchOptions quick{.threads = 1, .repeats = {.at_least = 0 * s, .budget = 2 * ms}};
  const auto row = run_bench(point, quick).value();
  CHECK(row.timing.median > 0 * s);
  CHECK(row.timing.min <= row.timing.median);
  CHECK(row.timing.median <= row.timing.max);

  std::string csv;
  append_csv(row, {.hardware = "host", .host = "Some, CPU", .version = "1.2.3", .compiler = "c"}, csv);
  const auto names = cells(bench_header());
  CHECK(csv.starts_with("decode_attention,host,roofcast,1.2.3,roofcast_cpu,2,100,4,2,64,32,fp32,fp16,,,,,"));
  CHECK(std::ranges::count(csv, ',') == std::ranges::count(bench_header(), ',') + 1);  // one inside the host's quotes
  CHECK(csv.find(",\"Some, CPU\",c,\n") != std::string::npos);                         // nobody looked at the memory
  const auto values = cells(csv);
  const auto at = [&](std::string_view name) {
    return values.at(static_cast<std::size_t>(std::ranges::find(names, name) - names.begin()));
  };
  CHECK(std::stod(at("latency_us")) > 0);
  CHECK(at("operands") == "warm");
  CHECK(at("page_tokens") == "16");
  CHECK(at("threads") == "1");
  // 2 x 32 tokens x 2 heads x (K, V) x 64 x 2 bytes + 2 x 4 heads x 64 x fp32 in and out
  CHECK(at("bytes") == std::to_string(2 * 32 * 2 * 2 * 64 * 2 + 2 * 2 * 4 * 64 * 4));
}

TEST_CASE("cold operands take turns: one copy more than the cache holds", "[bench]") {
  const AttentionPoint point{.shape = {.head_dim = 64}, .context = 64};
  const BenchOptions cold{
      .threads = 1, .cold = true, .cache = 1 * MiB, .repeats = {.at_least = 0 * s, .budget = 1 * ms}};
  const auto row = run_bench(point, cold).value();
  CHECK(row.cold);
  std::string csv;
  append_csv(row, {}, csv);
  CHECK(csv.find(",cold,") != std::string::npos);
}

TEST_CASE("of the runs beside looks at memory half had more and half less", "[bench]") {
  const auto typical = [](std::vector<probe::MemoryLook> looks) {
    return probe::typical_memory(std::move(looks)).in(GB / s);
  };
  // Two looks at 20 and 60: a byte takes (1/20 + 1/60) / 2 = 1/30.
  CHECK(typical({{20.0 * GB / s, 5}, {60.0 * GB / s, 0}}) == Approx(30));
  // Runs on both sides: 1, 1 + 10, 10. Half of the 22 are reached with the look at 50.
  CHECK(typical({{60.0 * GB / s, 1}, {50.0 * GB / s, 10}, {20.0 * GB / s, 0}}) == Approx(50));
  // One look that met another program, among three that did not: 1 (4 runs), 40 (2), 41 (2), 42 (4).
  CHECK(typical({{40.0 * GB / s, 2}, {1.0 * GB / s, 2}, {42.0 * GB / s, 2}, {41.0 * GB / s, 0}}) == Approx(40));
}

TEST_CASE("memory beside runs is looked at with the team that runs", "[bench]") {
  kernels::ThreadTeam team(2);
  auto watch = probe::MemoryWatch::create(2).value();
  probe::MemoryBeside beside(watch, team);
  CHECK(beside.look_before_run());        // the first always
  CHECK_FALSE(beside.look_before_run());  // not again at once
  const auto memory = beside.typical();
  CHECK(memory > 0.01 * GB / s);
  CHECK(memory < 1e5 * GB / s);
}

TEST_CASE("cores are compared with the best that was seen of a team of their size", "[kernels][timing]") {
  kernels::CoreWatch cores;
  kernels::ThreadTeam team(1);
  int full = 0;
  for (int i = 0; i < 50; ++i) full += cores.at_full_pace(team) ? 1 : 0;
  CHECK(full > 0);  // the best was seen: something came near it again
}

TEST_CASE("the best that cores were seen to do ages within seconds, not within a row", "[kernels][timing]") {
  CHECK(kernels::aged(1.0 * us, 0 * s) == 1.0 * us);
  CHECK(kernels::aged(1.0 * us, 1 * s).in(us) == Approx(1.0202));  // e^0.02
  CHECK(kernels::aged(1.0 * us, 0.2 * s).in(us) < 1.01);
  CHECK(kernels::aged(1.0 * us, 15 * s).in(us) > 1.3);  // as slow is full pace then
}

TEST_CASE("a row says what memory gave beside it where that is looked at", "[bench]") {
  const AttentionPoint point{.shape = {.head_dim = 64}, .context = 64};
  const auto watch = std::make_shared<probe::MemoryWatch>(probe::MemoryWatch::create(1).value());
  const auto row =
      run_bench(point, {.threads = 1, .repeats = {.at_least = 0 * s, .budget = 1 * ms}, .watch = watch}).value();
  REQUIRE(row.memory.has_value());
  CHECK(*row.memory > 0.01 * GB / s);  // no machine reads this slowly, and none a thousand times faster than any DRAM
  CHECK(*row.memory < 1e5 * GB / s);
  std::string csv;
  append_csv(row, {}, csv);
  CHECK(cells(csv).back() == fmt::format("{:.2f}\n", row.memory->in(GB / s)));
}

TEST_CASE("a projection is measured through the library, where there is one", "[bench][gemm]") {
  if (kernels::matrix_product_library().empty()) {
    WARN("built without oneDNN: nothing to test");
    return;
  }
  const BenchOptions quick{.threads = 1, .repeats = {.at_least = 0 * s, .budget = 2 * ms}};
  const auto row = run_bench(kernels::MatrixShape{.m = 2, .n = 64, .k = 128}, quick).value();
  std::string csv;
  append_csv(row, {.hardware = "host"}, csv);
  CHECK(csv.starts_with("gemm,host,roofcast,,onednn,"));
  CHECK(csv.find(",,,,,,,,,2,64,128,fp32,") != std::string::npos);
}
