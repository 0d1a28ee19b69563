#include <catch2/catch.hpp>

#include "core/calibrated/expert_load.hpp"

using namespace roofcast;

TEST_CASE("balanced lists deal tokens out in turn (E1)", "[calibrated]") {
  const MoeCall call{.tokens = 64, .top_k = 2, .experts = 8};
  CHECK(expert_load(call) == ExpertLoad{.pairs = 128, .experts = 8, .tiles = 8});  // 16 rows each: one tile
  auto two = call;
  two.ep = 2;
  CHECK(expert_load(two) == ExpertLoad{.pairs = 64, .experts = 4, .tiles = 4});
  auto one_token = call;
  one_token.tokens = 1;
  CHECK(expert_load(one_token) == ExpertLoad{.pairs = 2, .experts = 2, .tiles = 2});
  auto odd = call;
  odd.tokens = 68;  // 17 rows each: two tiles
  CHECK(expert_load(odd).tiles == 16);
}

TEST_CASE("under a power law one device serves every choice, but fewer experts meet a token (E1)", "[calibrated]") {
  const MoeCall call{.tokens = 256, .top_k = 8, .experts = 256, .skew = 1.2};
  const auto load = expert_load(call);
  CHECK(load.pairs == Approx(256 * 8).epsilon(0.001));  // tokens are whole: each expert is rounded
  CHECK(load.experts < 256);
  CHECK(load.experts > 100);
  CHECK(load.tiles > load.experts);
  CHECK(expert_load(call) == load);
}

TEST_CASE("the busiest device has more than its share under a power law (E1)", "[calibrated]") {
  MoeCall call{.tokens = 1024, .top_k = 8, .experts = 128, .ep = 8, .skew = 1.01};
  const double share = 1024 * 8 / 8.0;
  const double busiest = expert_load(call).pairs;
  CHECK(busiest > 1.2 * share);
  CHECK(busiest < 8 * share);
  call.skew = 0;
  CHECK(expert_load(call).pairs == share);
}

TEST_CASE("no expert gets more tokens than there are (E1)", "[calibrated]") {
  // Two experts, both chosen by every token: nothing is left to draw.
  const auto load = expert_load({.tokens = 100, .top_k = 2, .experts = 2, .skew = 1.2});
  CHECK(load.pairs == Approx(200));
  CHECK(load.experts == Approx(2));
}
