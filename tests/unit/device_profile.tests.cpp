#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "hwmodels/catalog.hpp"
#include "hwmodels/device_profile.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

std::string complaints(std::string_view text) {
  const auto device = parse_device(text, "bad.json");
  return device ? "" : error_lines(device.error());
}

}  // namespace

TEST_CASE("a device profile is read figure by figure, sources included", "[profiles]") {
  const auto d = shipped(parse_device(R"({
    "schema": "roofcast/device/1", "id": "x", "name": "X", "vendor": "V", "class": "accelerator",
    "memory": {"marketed": {"value": "80 GB", "source": "a"}, "reported": {"value": "79.22 GiB", "source": "b"},
               "type": "HBM3", "bandwidth": {"value": "3.35 TB/s", "source": "c"}},
    "compute": {"bf16": {"value": "989.4 TFLOP/s", "source": "d"}, "units": {"value": 132, "source": "e"},
                "last_level_cache": {"value": "50 MiB", "source": "f"}},
    "link": {"type": "NVLink4", "bandwidth": {"value": "450 GB/s", "source": "g"}, "domain": {"value": 8, "source": "h"}},
    "pcie": {"value": "64 GB/s", "source": "i"}, "tdp": {"value": "700 W", "source": "j"},
    "price": {"value": "2.99 USD/h", "source": "k"}, "notes": ["n"]})",
                                      "x.json"));
  CHECK(d.device_class == DeviceClass::accelerator);
  CHECK(d.memory == 79.22 * GiB);
  CHECK(d.memory_source == MemorySource::measured);
  CHECK(d.bandwidth == 3.35 * TB / s);
  CHECK(d.peaks.bf16 == 989.4 * TFLOP / s);
  CHECK_FALSE(d.peaks.fp8.has_value());
  CHECK(d.compute_units == 132);
  CHECK(d.link_domain == 8);
  CHECK(d.tdp_watts == 700);
  CHECK(d.price_usd_hour == 2.99);
  REQUIRE(d.sources.size() == 11);
  CHECK(d.sources[2] == FigureSource{"memory/bandwidth", "c"});
}

TEST_CASE("a device profile says how its links join devices", "[profiles][errors]") {
  const auto with = [](std::string_view topology) {
    return fmt::format(R"({{"schema": "roofcast/device/1", "id": "x", "name": "X", "vendor": "V", "class": "gpu",
      "memory": {{"type": "HBM3", "bandwidth": {{"value": "3 TB/s", "source": "s"}}}},
      "compute": {{"bf16": {{"value": "1 PFLOP/s", "source": "s"}}}},
      "link": {{"type": "L", "bandwidth": {{"value": "70 GB/s", "source": "s"}}, "domain": {{"value": 8, "source": "s"}}{}}}}})",
                       topology);
  };
  CHECK(shipped(parse_device(with(""), "x")).link_topology == LinkTopology::switched);
  const Device mesh = shipped(parse_device(with(R"(, "topology": "mesh")"), "x"));
  CHECK(mesh.link_topology == LinkTopology::mesh);
  CHECK(shipped(parse_device(device_json(mesh), "again")) == mesh);
  CHECK_THAT(complaints(with(R"(, "topology": "ring")")), Catch::Contains("/link/topology 'ring'"));
  CHECK(shipped(find_device(shipped_presets(), "mi300x")).link_topology == LinkTopology::mesh);
}

TEST_CASE("a file of another kind is one mistake", "[profiles][errors]") {
  CHECK(complaints(R"({"schema": "roofcast/system/1", "id": "x", "devices": 8})") ==
        "bad.json:/schema 'roofcast/system/1' is not supported: expected 'roofcast/device/1'\n");
}

TEST_CASE("a bad device profile reports every problem with its path", "[profiles][errors]") {
  CHECK(complaints(R"({
    "schema": "roofcast/device/1", "id": "x", "name": "X", "vendor": "V", "class": "gpu",
    "memory": {"marketed": {"value": "80", "source": "s"}, "type": "HBM3", "bandwith": {"value": "3 TB/s", "source": "s"}},
    "compute": {"bf16": {"value": "1 PFLOP/s"}, "units": {"value": 1.5, "source": "s"}},
    "link": {}, "tdp": 700})") ==
        "bad.json:/memory/marketed/value '80' has no unit (use one of: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB)\n"
        "bad.json:/memory/bandwidth missing\n"
        "bad.json:/memory/bandwith unknown key (did you mean 'bandwidth'?)\n"
        "bad.json:/compute/bf16/source missing\n"
        "bad.json:/compute/units/value expected an integer in 1..1000000, found 1.5\n"
        "bad.json:/link/type missing\n"
        "bad.json:/tdp expected an object, found 700\n");
}

TEST_CASE("figures of a device that contradict each other are refused", "[profiles][errors]") {
  CHECK(complaints(R"({
    "schema": "roofcast/device/1", "id": "x", "name": "X", "vendor": "V", "class": "gpu",
    "memory": {"marketed": {"value": "80 GB", "source": "s"}, "reported": {"value": "90 GiB", "source": "s"},
               "type": "HBM3", "bandwidth": {"value": "0 TB/s", "source": "s"}},
    "compute": {}, "link": {"type": "L", "bandwidth": {"value": "1 GB/s", "source": "s"}}})") ==
        "bad.json:/memory/bandwidth must be more than 0\n"
        "bad.json:/compute states no peak rate: expected at least one of fp32, bf16, fp8, int8, fp4\n"
        "bad.json:/memory/reported 90 GiB exceeds the marketed 80 GB\n"
        "bad.json:/link/domain a link needs at least 2 devices\n");
}

TEST_CASE("memory that comes from a relative says so", "[presets]") {
  CHECK(shipped(find_device(shipped_presets(), "h100-sxm")).memory_source == MemorySource::measured);
  const auto b200 = shipped(find_device(shipped_presets(), "b200-sxm"));
  CHECK(b200.memory_source == MemorySource::estimated);
  CHECK(*b200.memory == 179.23 * GiB);  // 180 x 140.4/141
}
