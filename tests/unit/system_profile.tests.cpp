#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "hwmodels/catalog.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/hardware_file.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/system_profile.hpp"
#include "tests/support/shipped_presets.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("a system by name is its devices and what joins several", "[hwmodels][system]") {
  const Device d = shipped(find_device(shipped_presets(), "DGX-H200"));
  CHECK(d.id == "h200-sxm");  // calibrations know it by this name
  CHECK(hardware_id(d) == "dgx-h200");
  REQUIRE(d.system);
  CHECK(d.system->devices == 8);
  CHECK(d.system->network.in(GB / s) == Approx(50));
  CHECK(shipped(find_device(shipped_presets(), "nvl72")).system->devices == 72);
  CHECK_FALSE(shipped(find_device(shipped_presets(), "h200-sxm")).system);
}

TEST_CASE("a count before a device's name makes a unit of so many", "[hwmodels][system]") {
  const Device d = shipped(find_device(shipped_presets(), "4xH100"));
  CHECK(hardware_id(d) == "4xh100-sxm");
  CHECK(d.system->devices == 4);
  CHECK(d.system->network.in(GB / s) == Approx(50));  // as DGX H100 are joined
  CHECK(shipped(find_device(shipped_presets(), "2xl40s")).system->network == BytesPerSecond{});
}

TEST_CASE("a device's own name may begin with a count", "[hwmodels][system]") {
  for (const auto& d : list_devices(shipped_presets()).profiles)
    CHECK_FALSE(shipped(find_device(shipped_presets(), d.id)).system);
}

TEST_CASE("unknown systems and counts are told with the nearest name", "[hwmodels][system]") {
  const auto lines = [](std::string_view name) {
    const auto d = find_device(shipped_presets(), name);
    return d ? std::string("found") : error_lines(d.error());
  };
  CHECK_THAT(lines("dgx-h20"), Catch::Contains("did you mean") && Catch::Contains("dgx-h200"));
  CHECK_THAT(lines("8xh10"), Catch::Contains("'h10' is not a known device"));
  CHECK(lines("0xh100") != "found");
  CHECK(lines("8x") != "found");
  CHECK(lines("99999999999xh100") != "found");
}

TEST_CASE("a system is a unit already, and several are no hardware name", "[hwmodels][system]") {
  const auto several = find_device(shipped_presets(), "3xdgx-h200");
  REQUIRE_FALSE(several);
  CHECK(several.error().front().what == "'3xdgx-h200': dgx-h200 is a unit already, a scenario starts from one");
}

TEST_CASE("every shipped system names a known device and survives writing", "[hwmodels][system]") {
  const auto systems = list_systems(shipped_presets());
  CHECK(error_lines(systems.problems).empty());
  CHECK(systems.profiles.size() >= 8);
  for (const auto& d : systems.profiles) {
    CAPTURE(d.system->id);
    CHECK(d.system->devices >= d.link_domain);
    CHECK(d.system->network < d.link);
    CHECK(shipped(parse_device(device_json(d), "again")) == d);
  }
}

TEST_CASE("a system file is read strictly", "[hwmodels][system]") {
  const auto problems = [](std::string_view text) {
    const auto p = parse_system(text, "s.json");
    return p ? std::string() : error_lines(p.error());
  };
  CHECK(problems(R"({"schema": "roofcast/system/1", "id": "x", "name": "X", "device": "h100-sxm",
                     "devices": {"value": 8, "source": "me"}})")
            .empty());
  CHECK_THAT(problems(R"({"schema": "roofcast/system/1", "id": "x", "name": "X", "devices": 8, "netwrk": {}})"),
             Catch::Contains("/device") && Catch::Contains("/devices") && Catch::Contains("netwrk"));
}

TEST_CASE("a file of a system is hardware as its name is", "[hwmodels][system]") {
  const test::TemporaryFolder folder;
  const auto named = [&](std::string_view device) {
    const auto file = folder.write(
        "mine.json", fmt::format(R"({{"schema": "roofcast/system/1", "id": "mine", "name": "Mine", "device": "{}",
                                      "devices": {{"value": 4, "source": "me"}}}})",
                                 device));
    return named_device(shipped_presets(), file.string());
  };
  const Device d = shipped(named("h100-sxm"));
  CHECK(d.id == "h100-sxm");
  CHECK(hardware_id(d) == "mine");
  CHECK(d.system->devices == 4);
  CHECK_THAT(error_lines(named("h100-sxn").error()),
             Catch::Contains("mine.json:/device 'h100-sxn'") && Catch::Contains("h100-sxm"));
  CHECK_THAT(error_lines(named("dgx-h100").error()), Catch::Contains("'dgx-h100' is a system"));
}

TEST_CASE("a system profile survives writing", "[hwmodels][system]") {
  for (const auto& d : list_systems(shipped_presets()).profiles) {
    const SystemProfile p{d.system->id, d.system->name, d.system->aliases, d.id, *d.system};
    CHECK(shipped(parse_system(system_json(p), "again")) == p);
  }
}
