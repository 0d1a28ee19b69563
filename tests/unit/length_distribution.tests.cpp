#include <catch2/catch.hpp>

#include <cmath>

#include "core/length_distribution.hpp"
#include "core/scenario.hpp"
#include "hwmodels/length_histogram.hpp"
#include "tests/support/shipped_presets.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

LengthDistribution of(std::vector<LengthShare> counts) {
  return shipped(counted_lengths("lengths", std::move(counts)));
}

std::string refusal(std::string_view text) {
  const auto d = parse_lengths("--isl", text);
  return d ? std::string() : error_lines(d.error());
}

}  // namespace

TEST_CASE("a lognormal law keeps its mean and spreads as its sigma says (W2)", "[core][lengths]") {
  const auto d = shipped(parse_lengths("--isl", "lognormal:mean=2000,sigma=0.5"));
  CHECK(d.mean() == Approx(2000).epsilon(1e-9));
  // variation of the law: sqrt(e^(0.25) - 1) = 0.533; equally frequent parts lose a little of the tail
  CHECK(d.variation() == Approx(0.533).epsilon(0.03));
  // 90%: 2000 e^(-0.125 + 1.2816 x 0.5) = 3350, to the width of a part
  CHECK(d.quantile(0.9) == Approx(3350).epsilon(0.03));
  CHECK(d.quantile(0.5) == Approx(2000 * std::exp(-0.125)).epsilon(0.03));
  const auto narrow = lognormal_lengths(100, 0);
  CHECK(narrow.quantile(0.01) == Approx(100));
  CHECK(narrow.quantile(1) == Approx(100));
}

TEST_CASE("counts become shares, whatever their order", "[core][lengths]") {
  const auto d = of({{300, 1}, {100, 2}, {300, 1}, {200, 0}});
  REQUIRE(d.shares == std::vector<LengthShare>{{100, 0.5}, {300, 0.5}});
  CHECK(d.mean() == 200);
  CHECK(d.second_moment() == 50'000);  // (10,000 + 90,000) / 2
  CHECK(d.quantile(0.5) == 100);
  CHECK(d.quantile(0.51) == 300);
  CHECK(d.variation() == Approx(0.5));  // deviation 100 of 200
}

TEST_CASE("answers in flight are longer than answers on average (W3)", "[core][lengths]") {
  Workload w{.isl = 1000, .osl = 200, .osl_lengths = of({{100, 1}, {300, 1}})};
  // E[O^2] / (2 E[O]) = 50,000 / 400 = 125: more than half of the mean
  CHECK(w.mean_length() == Approx(1125));
  CHECK(w.full_length() == 1300);
  w.osl_lengths = of({{200, 1}});
  CHECK(w.mean_length() == Approx(1100));  // as (W1)
  CHECK(w.full_length() == 1200);
}

TEST_CASE("room is kept for the 90% or the mean, and the longest is a practical one (W2)", "[core][lengths]") {
  // 95 short ones, 5 of 100,000: the mean, 0.95 x 100 + 0.05 x 100,000 = 5,095, is above the 90% of 100.
  Workload w{.isl = 5095, .osl = 500, .isl_lengths = of({{100, 95}, {100'000, 5}})};
  CHECK(w.full_length() == 5595);
  CHECK(w.longest_length() == 100'500);
  w.isl_lengths = lognormal_lengths(2000, 0.8);
  // 2000 exp(0.8 x 1.28155 - 0.32) = 4048.6 of the law itself, whatever the parts that it is cut into.
  CHECK(w.full_length() == 4049 + 500);
  CHECK(w.longest_length() == Approx(2000 * std::exp(0.8 * (3.0902 - 0.4)) + 500).epsilon(1e-4));
  // Of a law as wide as this 90% are below the mean, to which lengths under one token add a little.
  w = {.isl = 2000, .osl = 500, .isl_lengths = lognormal_lengths(2000, 3)};
  REQUIRE(w.isl_lengths->quantile(0.9) < 2000);
  CHECK(w.full_length() == Approx(2500).epsilon(0.01));
  CHECK(w.full_length() >= w.mean_length());
  CHECK(Workload{.context = 4096}.longest_length() == 4096);
}

TEST_CASE("what is no distribution is refused with the form that is one", "[core][lengths]") {
  for (const char* text : {"lognormal:", "lognormal:mean=0,sigma=1", "lognormal:mean=100", "lognormal:mean=100,sigma=9",
                           "lognormal:mean=x,sigma=1", "normal:mean=1,sigma=1", "lognormal:mean=1,mean=2"})
    CHECK_THAT(refusal(text), Catch::Contains("lognormal:mean=TOKENS,sigma=S"));
  CHECK(refusal("lognormal:sigma=1,mean=2Ki").empty());
  CHECK(names_lengths("lognormal:mean=1,sigma=1"));
  CHECK_FALSE(names_lengths("4096"));
}

TEST_CASE("a histogram is a table of tokens and counts", "[hwmodels][lengths]") {
  const test::TemporaryFolder folder;
  const auto load = [&](const std::string& text) { return load_length_histogram(folder.write("lengths.csv", text)); };
  CHECK(shipped(load("count,tokens\n3,100\n1,500\n")).mean() == 200);
  CHECK_THAT(error_lines(load("tokens\n100\n").error()), Catch::Contains("has no column 'count'"));
  CHECK_THAT(error_lines(load("tokens,count\nx,1\n").error()), Catch::Contains("lengths.csv:2:tokens"));
  CHECK_THAT(error_lines(load("tokens,count\n1.5,1\n").error()), Catch::Contains("whole number of tokens"));
  CHECK_THAT(error_lines(load("tokens,count\n").error()), Catch::Contains("no request is counted"));
}
