#include "core/plan/purchase.hpp"

#include <catch2/catch.hpp>

#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

Device in_units(int devices) {
  Device d = toy_device();
  d.system = System{.id = "box", .name = "Box", .devices = devices};
  return d;
}

}  // namespace

TEST_CASE("single devices are bought as they are used (F8)", "[core][plan]") {
  CHECK(purchase(toy_device(), 4, 3) == Purchase{.gpus = 12});
  CHECK(replicas_within(toy_device(), 4, 13) == 3);
}

TEST_CASE("whole units are bought, and no replica lies in two (F8)", "[core][plan]") {
  CHECK(purchase(in_units(8), 8, 3) == Purchase{.replicas_per_unit = 1, .units = 3, .gpus = 24});
  CHECK(purchase(in_units(8), 4, 3) == Purchase{.replicas_per_unit = 2, .units = 2, .gpus = 16});
  // 72 = 4 x 16 + 8: the fifth replica takes a second rack, though 144 devices would hold 9.
  CHECK(purchase(in_units(72), 16, 5) == Purchase{.replicas_per_unit = 4, .units = 2, .gpus = 144});
  CHECK(purchase(in_units(72), 16, 9).units == 3);
  // A replica of 16 takes two units of 8; one of 12 as well.
  CHECK(purchase(in_units(8), 16, 2) == Purchase{.units = 4, .gpus = 32});
  CHECK(purchase(in_units(8), 12, 2).gpus == 32);
}

TEST_CASE("as many replicas fit as can be bought with so many devices (F8)", "[core][plan]") {
  for (const int unit : {2, 8, 72})
    for (const std::int64_t replica : {1, 2, 4, 8, 16, 64})
      for (const std::int64_t most : {1, 7, 8, 16, 100, 300}) {
        CAPTURE(unit, replica, most);
        const auto n = replicas_within(in_units(unit), replica, most);
        if (n > 0) CHECK(purchase(in_units(unit), replica, n).gpus <= most);
        CHECK(purchase(in_units(unit), replica, n + 1).gpus > most);
      }
}
