#include <catch2/catch.hpp>

#include "hwmodels/device_profile.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

Device probed() {
  return {.id = "host",
          .name = "Some CPU",
          .vendor = "AMD",
          .device_class = DeviceClass::cpu,
          .memory_type = "system memory",
          .bandwidth = 34.17 * GB / s,
          .peaks = {.fp32 = 235.0 * GFLOP / s},
          .link_type = "none",
          .sources = {{"memory/bandwidth", "measured"}, {"compute/fp32", "measured"}},
          .ceilings = HostCeilings{
              .source = "measured by roofcast probe on 2026-11-25",
              .simd = "AVX3",
              .thread_start = 20 * us,
              .dispatch = 0.171 * us,
              .disturbed = 0.0149,
              .huge_pages = 1,
              .bandwidth =
                  {{.level = "l1",
                    .pages = "huge",
                    .threads = 1,
                    .working_set = 15 * KiB,
                    .read = 209.7 * GB / s,
                    .copy = 235.0 * GB / s,
                    .triad = 267.5 * GB / s,
                    .spread = 0.001},
                   {.level = "edge", .pages = "huge", .threads = 2, .working_set = 24 * MiB, .read = 146.0 * GB / s}},
              .compute = {{.type = "fp32", .threads = 2, .rate = 235.0 * GFLOP / s}},
              .widening = {{.element = "int8", .group = 4, .rate = 14.7 * GB / s, .spread = 0.5}},
              .attention = {{.element = "bf16",
                             .threads = 2,
                             .group = 8,
                             .head_dim = 64,
                             .token = 12.34 * ns,
                             .chunk = 0.567 * us,
                             .spread = 0.01}},
              .overlap = {{.group = 4, .share = 0.25, .error = 0.08}},
              .layout = {{.element = "int8", .layout = "paged", .factor = 1.5}}}};
}

}  // namespace

TEST_CASE("ceilings of a probed machine survive the way to a profile and back", "[profiles]") {
  const Device device = probed();
  CHECK(shipped(parse_device(device_json(device), "host.json")) == device);
}

TEST_CASE("a device that was not probed has no ceilings", "[profiles]") {
  auto device = probed();
  device.ceilings.reset();
  CHECK(device_json(device).find("ceilings") == std::string::npos);
  CHECK_FALSE(shipped(parse_device(device_json(device), "host.json")).ceilings.has_value());
}

TEST_CASE("ceilings are read strictly", "[profiles][errors]") {
  std::string text = device_json(probed());
  const auto change = [&](std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  change("\"simd\"", "\"smid\"");
  change("\"20 us\"", "\"20\"");
  change("\"209.7 GB/s\"", "209.7");
  const auto read = parse_device(text, "host.json");
  REQUIRE_FALSE(read.has_value());
  const auto lines = error_lines(read.error());
  CHECK(lines.find("host.json:/ceilings/simd missing") != std::string::npos);
  CHECK(lines.find("host.json:/ceilings/smid unknown key") != std::string::npos);
  CHECK(lines.find("host.json:/ceilings/thread_start '20' has no unit") != std::string::npos);
  CHECK(lines.find("/read expected") != std::string::npos);
}
