#include "hwmodels/price_list.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using test::TemporaryFolder;

namespace {

Result<std::vector<DevicePrice>> prices_of(std::string_view text, std::string_view name = "prices.csv") {
  const TemporaryFolder folder;
  return load_prices(folder.write(name, text));
}

std::string first_problem(std::string_view text, std::string_view name = "prices.csv") {
  const auto prices = prices_of(text, name);
  REQUIRE_FALSE(prices);
  const Error& e = prices.error().front();
  return e.where.substr(e.where.find("prices.")) + " " + e.what;
}

}  // namespace

TEST_CASE("prices: CSV and JSON say the same", "[hwmodels][prices]") {
  const auto csv = prices_of("device,usd_hour\nh100-sxm,2.5\nl40s,0.9\n");
  const auto json =
      prices_of(R"({"schema": "roofcast/prices/1", "usd_hour": {"h100-sxm": 2.5, "l40s": 0.9}})", "prices.json");
  REQUIRE(csv);
  REQUIRE(json);
  REQUIRE(csv->size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK((*csv)[i].device == (*json)[i].device);
    CHECK((*csv)[i].usd_hour == (*json)[i].usd_hour);
  }
}

TEST_CASE("prices: what is not understood is refused, with its place", "[hwmodels][prices]") {
  CHECK(first_problem("device,usd\nh100,2\n") == "prices.csv:1 unknown column 'usd'");
  CHECK(first_problem("device,usd_hour\nh100,-2\n") == "prices.csv:2 usd_hour '-2': expected a number above 0");
  CHECK(first_problem("device,usd_hour\nh100,cheap\n") == "prices.csv:2 usd_hour 'cheap': expected a number above 0");
  CHECK(first_problem("device,usd_hour\nh100,2\nH100,3\n") == "prices.csv:3 'H100' has a price already");
  CHECK_THAT(first_problem(R"({"schema": "roofcast/prices/1", "usd_hour": {"h100": "2"}})", "prices.json"),
             Catch::Contains("/usd_hour/h100") && Catch::Contains("a number"));
  CHECK_THAT(first_problem(R"({"schema": "roofcast/prices/2", "usd_hour": {}})", "prices.json"),
             Catch::Contains("expected 'roofcast/prices/1'"));
  CHECK_THAT(first_problem(R"({"schema": "roofcast/prices/1", "usd_hour": {}, "eur": 1})", "prices.json"),
             Catch::Contains("/eur"));
}

TEST_CASE("prices: a device is found by id, name or alias, others keep their own", "[hwmodels][prices]") {
  Device a = tests::toy_device(), b = a;
  a.aliases = {"toy-a"};
  b.id = b.name = "other";
  b.price_usd_hour = 7;
  const auto priced = with_prices({a, b}, {{.device = "TOY-A", .usd_hour = 2}}).value();
  CHECK(priced[0].price_usd_hour == 2);
  CHECK(priced[1].price_usd_hour == 7);
}

TEST_CASE("prices: one device under two spellings has two prices, which is an error", "[hwmodels][prices]") {
  const auto both = with_prices({tests::toy_device()}, {{.device = "toy-device", .usd_hour = 2},
                                                        {.device = "Toy Device", .usd_hour = 3, .where = "p.csv:3"}});
  REQUIRE_FALSE(both);
  CHECK(both.error().front().where == "p.csv:3");
  CHECK(both.error().front().what == "'Toy Device' has a price already, as 'toy-device'");
}

TEST_CASE("prices: a unit's price is shared by its devices", "[hwmodels][prices]") {
  Device alone = tests::toy_device(), unit = alone;
  unit.system = System{.id = "dgx-toy", .name = "DGX Toy", .aliases = {"toy-box"}, .devices = 8};
  const std::vector<DevicePrice> prices{{.device = "toy-device", .usd_hour = 2}, {.device = "Toy-Box", .usd_hour = 24}};
  const auto priced = with_prices({alone, unit}, prices).value();
  CHECK(priced[0].price_usd_hour == 2);
  CHECK(priced[1].price_usd_hour == 3);  // 24 / 8
}
