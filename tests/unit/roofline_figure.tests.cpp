#include "core/chart/roofline_figure.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "core/chart/device_roofs.hpp"
#include "tests/support/sample_scenarios.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

const ChartSeries* series_of(const Figure& f, std::string_view name) {
  const auto& all = f.panes.front().series;
  const auto found = std::ranges::find(all, name, &ChartSeries::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("an operator bound by memory or compute attains what its intensity allows (R1, R3)") {
  const std::array phases{Phase::decode, Phase::prefill};
  const std::array batches{1.0, 8.0};
  const auto rows = roofline_rows(toy_scenario(), phases, batches);
  REQUIRE(rows);
  double share = 0;
  for (const auto& r : *rows) {
    if (r.roof && (r.timed.bound == Bound::memory || r.timed.bound == Bound::compute))
      CHECK(r.attained / *r.roof == Approx(1));
    if (r.phase == Phase::decode && r.batch == 8) share += r.share;
  }
  CHECK(share == Approx(1));
}

TEST_CASE("the attained rate never exceeds the lower of peak and bandwidth times intensity (R3)") {
  const Roof roof{.bandwidth = units::TB / units::s, .compute = 100.0 * units::TFLOP / units::s};
  // 50 FLOP/B: 50 TFLOP/s of memory; 200 FLOP/B: the peak of 100.
  CHECK(allowed_rate({.bytes = units::GB, .flops = 50.0 * units::GFLOP}, roof).in(units::TFLOP / units::s) ==
        Approx(50));
  CHECK(allowed_rate({.bytes = units::GB, .flops = 200.0 * units::GFLOP}, roof).in(units::TFLOP / units::s) ==
        Approx(100));
}

TEST_CASE("number types that share a peak share a roof, with the ridge at peak over bandwidth") {
  const std::array devices{h100_sxm()};
  const auto f = roofline_figure(devices, {}, {.title = "t"}, Grade::theoretical);
  const auto* bf16 = series_of(f, "bf16 989 TFLOP/s");
  REQUIRE(bf16);
  CHECK(bf16->points.front().x == Approx(989.4 / 3.35));  // 295.3 FLOP/B
  CHECK(bf16->points.front().label == "295 FLOP/B");
  CHECK(bf16->points.back().y == Approx(989.4e12));
  CHECK(series_of(f, "fp8, int8 1.98 PFLOP/s"));
  const auto* memory = series_of(f, "memory 3.35 TB/s");
  REQUIRE(memory);
  for (const auto& p : memory->points) CHECK(p.y / p.x == Approx(3.35e12));
}

TEST_CASE("a cache level that was measured is a roof of its own, at its best rate") {
  auto d = h100_sxm();
  d.ceilings = HostCeilings{};
  d.ceilings->bandwidth = {{.level = "l2", .threads = 1, .read = 5.0 * units::TB / units::s},
                           {.level = "l2", .threads = 8, .read = 9.0 * units::TB / units::s},
                           {.level = "dram", .read = 3.0 * units::TB / units::s}};
  const auto f = roofline_figure(std::array{d}, {}, {.title = "t"}, Grade::theoretical);
  CHECK(series_of(f, "l2 9.00 TB/s"));
  CHECK(!series_of(f, "dram 3.00 TB/s"));  // the device's own bandwidth says it
}

TEST_CASE("operators of several batches are linked, and a mark is as large as its share") {
  const std::array phases{Phase::decode};
  const std::array batches{1.0, 4.0};
  const auto rows = roofline_rows(toy_scenario(), phases, batches);
  REQUIRE(rows);
  const auto marks = operator_marks(*rows);
  CHECK(marks[0].name == "decode, batch 1");
  CHECK(marks[1].name == "decode, batch 4");
  double weights = 0;
  for (const auto& p : marks[0].points) weights += p.weight;
  CHECK(weights <= Approx(1));
  CHECK(std::ranges::count_if(marks, [](const auto& s) { return s.stroke == SeriesStroke::dotted; }) > 0);
  CHECK(
      std::ranges::all_of(marks, [](const auto& s) { return s.shape == SeriesShape::marks || s.points.size() == 2; }));
}

TEST_CASE("the ruler of a mark leads to the roof at its intensity and names the gap (R3)") {
  const auto tflop_s = [](double x) { return x * units::TFLOP / units::s; };
  CHECK(roof_ruler(tflop_s(10), tflop_s(21), "HBM3").label == "2.1x below HBM3 roof");
  CHECK(roof_ruler(tflop_s(10), tflop_s(21), "HBM3").to == Approx(21e12));
  CHECK(roof_ruler(tflop_s(30), tflop_s(20), "bf16").label == "1.5x above bf16 roof");
  CHECK(roof_ruler(tflop_s(20), tflop_s(20), "bf16").label == "on bf16 roof");
  // 989.4 TFLOP/s over 3.35 TB/s: the ridge is at 295.3 FLOP/B.
  const Roof roof{.bandwidth = 3.35 * units::TB / units::s, .compute = 989.4 * units::TFLOP / units::s};
  CHECK(roof_name(h100_sxm(), {.bytes = units::GB, .flops = 295.0 * units::GFLOP}, roof) == "memory");
  CHECK(roof_name(h100_sxm(), {.bytes = units::GB, .flops = 296.0 * units::GFLOP}, roof) == "bf16");
}

TEST_CASE("every mark of an operator finds its row again, on its step and on its trail") {
  const std::array phases{Phase::decode, Phase::prefill};
  const std::array batches{1.0, 4.0};
  const auto rows = roofline_rows(toy_scenario(), phases, batches);
  REQUIRE(rows);
  for (const auto& series : operator_marks(*rows))
    for (std::size_t i = 0; i <= series.points.size(); ++i) {
      const auto* row = marked_row(*rows, series, i);
      REQUIRE((row != nullptr) == (i < series.points.size()));
      if (row == nullptr) continue;
      CHECK(series.points[i].y == row->attained.in(units::flop / units::s));
      CHECK(series.points[i].text.find(", " + row->op + ":") != std::string::npos);
    }
}

TEST_CASE("a measured kernel is a hollow mark at its FLOPs over its time, faster than its roof it is called so") {
  // 1024^3 in bf16: 2^31 FLOP over 3 * 2 MiB; at 100 us 21.5 TFLOP/s.
  MeasuredRow row{.dtype = "bf16", .call = GemmCall{.m = 1024, .n = 1024, .k = 1024}, .latency_us = 100};
  row.kernel.hardware = "h100-sxm";
  auto fast = row;
  fast.latency_us = 1;  // 2.1 PFLOP/s
  auto other = row;
  other.kernel.hardware = "a100-sxm";
  const auto marks = measured_marks(std::array{row, fast, other}, h100_sxm(), 5);
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].shape == SeriesShape::hollow_marks);
  CHECK(marks[0].colour == 5);
  CHECK(marks[0].points.size() == 1);
  CHECK(marks[0].points[0].y == Approx(0x1p31 / 100e-6));
  CHECK(marks[0].points[0].x == Approx(0x1p31 / (3 * 0x1p21)));
  CHECK(marks[1].name == "measured gemm, faster than its roof");
  // 2^31 FLOP at 989.4 TFLOP/s are 2.17 us, 6 MiB at 3.35 TB/s 1.88 us: compute holds it; 100 / 2.17 = 46.1
  REQUIRE(marks[0].points[0].ruler);
  CHECK(marks[0].points[0].ruler->label == "46.1x below compute roof");
  // A vector times 1024 x 1024: 2 MiB and 4 KiB in 0.627 us under the memory roof; 100 / 0.627 = 159
  row.call = GemmCall{.m = 1, .n = 1024, .k = 1024};
  CHECK(measured_marks(std::array{row}, h100_sxm(), 5).at(0).points[0].ruler->label == "159x below memory roof");
}

TEST_CASE("a roofline of too many series leaves some out and counts them") {
  std::vector<ChartSeries> marks(20, {.shape = SeriesShape::marks, .points = {{.x = 1, .y = 1}}});
  const auto f = roofline_figure({}, marks, {}, Grade::calibrated);
  CHECK(f.panes.at(0).series.size() == 16);
  CHECK(std::ranges::count(f.footnotes, "4 more series are left out") == 1);
}
