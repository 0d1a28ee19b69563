#include "core/verdict.hpp"

#include <catch2/catch.hpp>

#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

Verdict verdict_of(const Scenario& s) {
  return verdict(estimate(s).value());
}

bool contains(const std::string& text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("verdict: without a batch it says how many fit at most, and how fast they are", "[core][verdict]") {
  const auto v = verdict_of(toy_scenario());
  CHECK(v.yes);
  CHECK(v.sentence.starts_with(
      "up to 10 conversations of 100 tokens fit on 1x Toy device; with 10 a decode step takes "));
  CHECK(v.sentence.ends_with("per GPU (theoretical)"));
}

TEST_CASE("verdict: a batch that fits is set beside what would fit", "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.batch = 1;
  CHECK(verdict_of(s).sentence.starts_with("1 conversation of 100 tokens fits on 1x Toy device (10 at most); then "));
}

TEST_CASE("verdict: weights that exceed the device are a no with the missing bytes", "[core][verdict]") {
  auto s = toy_scenario();
  s.device.memory = 10.0 * units::KiB;
  // 10,240 - 2,200 of overhead = 8,040 B are left for 16,000 B: 7,960 B = 7.77 KiB are missing
  const auto v = verdict_of(s);
  CHECK_FALSE(v.yes);
  CHECK(v.sentence ==
        "the weights of Toy need 15.6 KiB per GPU, 1x Toy device leaves 7.85 KiB for them: 7.77 KiB short");
}

TEST_CASE("verdict: a batch that exceeds the pool is a no with the missing bytes and the batch that fits",
          "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.batch = 12;
  // 12 x 10 blocks x 800 B = 96,000 B = 93.75 KiB of 81,800 B = 79.9 KiB: 14,200 B = 13.9 KiB are missing
  const auto v = verdict_of(s);
  CHECK_FALSE(v.yes);
  CHECK(v.sentence ==
        "12 conversations of 100 tokens need 93.8 KiB of KV cache per GPU, 1x Toy device has room for 79.9 KiB: 13.9 "
        "KiB short; 10 fit");
}

TEST_CASE("verdict: the null block can be all that is missing", "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.context = 1020;  // 102 blocks: all there are, but one of them holds nothing
  const auto v = verdict_of(s);
  CHECK_FALSE(v.yes);
  CHECK(v.sentence.starts_with("even 1 conversation of 1,020 tokens needs 79.7 KiB"));
  CHECK(v.sentence.ends_with("has room for 79.9 KiB, one block too few"));
}

TEST_CASE("verdict: a missed SLO is a no that names the flag, the time and what keeps it", "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.batch = 10;
  const auto free = estimate(s).value();
  s.workload.tpot_slo = free.rates.step - units::us;
  const auto missed = verdict_of(s);
  CHECK_FALSE(missed.yes);
  CHECK(contains(missed.sentence, "above --tpot"));
  CHECK(missed.sentence.ends_with("; 9 keep it"));

  s.workload.tpot_slo = free.rates.step;
  CHECK(verdict_of(s).yes);

  s.workload.ttft_slo = free.prefill->time() - units::us;
  const auto late = verdict_of(s);
  CHECK_FALSE(late.yes);
  CHECK(late.sentence.starts_with("the first token of a prompt of 100 tokens takes "));
}

TEST_CASE("verdict: when even one sequence misses the SLO its own step is shown", "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.tpot_slo = units::us;
  const auto e = estimate(s).value();
  CHECK(e.batch == 1);
  CHECK(e.limits.max_batch == 0);
  CHECK_FALSE(e.meets_slos);
  CHECK(verdict(e).sentence.starts_with("a decode step of 1 conversation of 100 tokens on 1x Toy device takes "));
}

TEST_CASE("verdict: the SLO that holds the batch back is named, and what memory would hold", "[core][verdict]") {
  auto s = toy_scenario();
  s.workload.batch = 4;
  s.workload.tpot_slo = estimate(s)->rates.step;  // exactly four keep it
  s.workload.batch.reset();
  const auto e = estimate(s).value();
  CHECK(e.batch == 4);
  CHECK(contains(verdict(e).sentence, "up to 4 conversations of 100 tokens fit on 1x Toy device within --tpot;"));
  CHECK(binding_text(e) == "--tpot: memory would hold 10");
}

TEST_CASE("binding limit: memory says what one more conversation lacks", "[core][verdict]") {
  // 11 x 8,000 = 88,000 B of 81,800 B: 6,200 B = 6.05 KiB
  CHECK(binding_text(estimate(toy_scenario()).value()) == "memory: one more conversation lacks 6.05 KiB per GPU");
}

TEST_CASE("deployment and lengths in words", "[core][verdict]") {
  auto s = toy_scenario();
  s.deployment = {.tp = 4, .dp = 2};
  CHECK(deployment_text(s) == "8x Toy device (tp 4, dp 2)");
  CHECK(length_text({.isl = 8192, .osl = 1024}) == "8,192 + 1,024 tokens");
}
