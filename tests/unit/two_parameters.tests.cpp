#include "core/validation/two_parameters.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("two parameters: rows on a line are met exactly") {
  // 5 + 1.25 x roof
  const std::vector<double> roofs{0, 4, 8, 100}, measured{5, 10, 15, 130};
  const auto fit = two_parameters(roofs, measured);
  REQUIRE(fit);
  CHECK(fit->overhead == Approx(5));
  CHECK(fit->slowdown == Approx(1.25));
  CHECK(fit->time(40) == Approx(55));
}

TEST_CASE("two parameters: one row that is far off does not move the others") {
  const std::vector<double> roofs{0, 4, 8, 100, 10}, measured{5, 10, 15, 130, 1000};
  const auto fit = two_parameters(roofs, measured);
  REQUIRE(fit);
  CHECK(fit->time(8) == Approx(15).epsilon(0.01));
}

TEST_CASE("two parameters: neither is ever negative") {
  // A line through these has an overhead of -5: without one, 10 -> 5 and 20 -> 15 disagree about the slowdown.
  const auto steep = two_parameters(std::vector<double>{10, 20, 30}, std::vector<double>{5, 15, 25});
  REQUIRE(steep);
  CHECK(steep->overhead == 0);
  CHECK(steep->slowdown > 0);
  // Longer roofs, shorter times: only a constant is left.
  const auto falling = two_parameters(std::vector<double>{10, 20, 30}, std::vector<double>{25, 15, 5});
  REQUIRE(falling);
  CHECK(falling->slowdown >= 0);
  CHECK(falling->overhead >= 0);
}

TEST_CASE("two parameters: fewer than three rows are no fit") {
  CHECK_FALSE(two_parameters(std::vector<double>{1, 2}, std::vector<double>{3, 4}));
}
