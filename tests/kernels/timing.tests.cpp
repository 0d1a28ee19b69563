#include <catch2/catch.hpp>

#include <chrono>

#include "hwmodels/kernels/timing.hpp"

using namespace roofcast;
using namespace roofcast::kernels;
using namespace roofcast::units;

TEST_CASE("order statistics leave disturbed runs out", "[kernels][timing]") {
  // Undisturbed: 1, 2, 3, 4, 5 ms. Quartiles by interpolation: 2 and 4.
  const std::vector<Run> runs{{5 * ms}, {1 * ms}, {90 * ms, true}, {2 * ms}, {4 * ms}, {3 * ms}, {80 * ms, true}};
  const Timing t = timing(runs);
  CHECK(t.min == 1 * ms);
  CHECK(t.median == 3 * ms);
  CHECK(t.max == 5 * ms);
  CHECK(t.spread == Approx(2.0 / 3));
  CHECK(t.runs == 5);
  CHECK(t.disturbed == 2);
  CHECK_FALSE(t.contended);
}

TEST_CASE("fewer than three undisturbed runs count all and say so", "[kernels][timing]") {
  const std::vector<Run> runs{{1 * ms}, {2 * ms}, {9 * ms, true}, {8 * ms, true}};
  const Timing t = timing(runs);
  CHECK(t.contended);
  CHECK(t.runs == 4);
  CHECK(t.disturbed == 0);
  CHECK(t.max == 9 * ms);
}

TEST_CASE("one run is its own statistic", "[kernels][timing]") {
  const std::vector<Run> runs{{7 * us}};
  const Timing t = timing(runs);
  CHECK(t.median == 7 * us);
  CHECK(t.spread == 0);
  CHECK_FALSE(t.contended);
}

TEST_CASE("repeating stops at the most runs, the warm-up not counted", "[kernels][timing]") {
  int calls = 0;
  const Timing t = repeat([&] { ++calls; }, {.warm_up = 2, .min_runs = 1000, .max_runs = 12, .budget = 10 * s});
  CHECK(calls == 14);
  CHECK(t.runs + t.disturbed == 12);
}

TEST_CASE("steady runs are enough once the least time has passed, not before", "[kernels][timing]") {
  int calls = 0;
  const RepeatPolicy policy{.warm_up = 0, .min_runs = 3, .stable_spread = 1e9, .at_least = 0 * s, .budget = 10 * s};
  (void)repeat([&] { ++calls; }, policy);
  CHECK(calls >= 3);
  CHECK(calls < 1000);  // undisturbed ones count, a few disturbed ones may be among them
  calls = 0;
  auto longer = policy;
  longer.at_least = 2 * ms;
  longer.max_runs = 10'000'000;
  const auto begin = std::chrono::steady_clock::now();
  (void)repeat([&] { ++calls; }, longer);
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds{2});
}

TEST_CASE("a team is made ready before every run that counts", "[kernels][timing]") {
  int ready = 0, calls = 0;
  (void)repeat([&] { ++calls; }, {.warm_up = 1, .min_runs = 1000, .max_runs = 5, .budget = 10 * s},
               [&] {
                 ++ready;
                 return true;
               });
  CHECK(calls == 6);
  CHECK(ready == 5);
}

TEST_CASE("a run beside which cores were slow does not count", "[kernels][timing]") {
  // A look before each of nine runs. Slow at the third: the second run and the third are out.
  int looks = 0;
  const Timing t = repeat([] {}, {.min_runs = 1000, .max_runs = 9, .budget = 10 * s}, [&] { return ++looks != 3; });
  CHECK(t.disturbed >= 2);
  CHECK(t.runs + t.disturbed == 9);
  const Timing slow = repeat([] {}, {.min_runs = 1000, .max_runs = 9, .budget = 10 * s}, [] { return false; });
  CHECK(slow.contended);
  CHECK(slow.runs == 9);
}

TEST_CASE("patience goes on where hardly a run was left alone", "[kernels][timing]") {
  const auto spent = [](double patience) {
    const auto begin = std::chrono::steady_clock::now();
    (void)repeat([] {}, {.max_runs = 100'000'000, .at_least = 0 * s, .budget = 2 * ms, .patience = patience},
                 [] { return false; });
    return std::chrono::steady_clock::now() - begin;
  };
  CHECK(spent(3) >= std::chrono::milliseconds(6));
}

TEST_CASE("repeating stops when the budget is spent, after one run at least", "[kernels][timing]") {
  int calls = 0;
  (void)repeat([&] { ++calls; }, {.warm_up = 0, .budget = 0 * s});
  CHECK(calls == 1);
}

TEST_CASE("where every run was disturbed the shortest says most about the machine", "[kernels][timing]") {
  const std::vector<Run> runs{{3 * us, true}, {1 * us, true}, {9 * us, true}};
  CHECK(timing(runs).typical() == 1 * us);
  CHECK(timing(std::vector<Run>{{3 * us}, {1 * us}, {2 * us}}).typical() == 2 * us);
}

TEST_CASE("runs timed by a device's clock all count, the warm-up does not", "[kernels][timing]") {
  int runs = 0;
  const auto t = repeat_timed([&]() -> Result<Seconds> { return ++runs * 1.0 * ms; },
                              {.warm_up = 1, .max_runs = 3, .at_least = 0 * s, .budget = 10 * s})
                     .value();
  // The first of four is the warm-up: 2, 3 and 4 ms are left.
  CHECK(runs == 4);
  CHECK(t.min == 2 * ms);
  CHECK(t.median == 3 * ms);
  CHECK(t.max == 4 * ms);
  CHECK(t.disturbed == 0);
}

TEST_CASE("the first run that a device refuses ends the repeats with its error", "[kernels][timing]") {
  int runs = 0;
  const auto t = repeat_timed([&]() -> Result<Seconds> {
    if (++runs == 3) return fail("device", "lost");
    return 1.0 * ms;
  });
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().at(0).what == "lost");
  CHECK(runs == 3);
}
