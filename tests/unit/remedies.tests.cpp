#include "core/remedies.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "core/estimate.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

std::vector<std::string> changes(const Scenario& s, const LayoutSaid& said = {}) {
  std::vector<std::string> list;
  for (const auto& r : remedies(s, said)) list.push_back(r.change);
  return list;
}

/// 9 sequences of 100 tokens at 0.9: pool 90,000 - 18,200 = 71,800 B = 89 blocks, 88 usable, 8 fit.
Scenario one_too_many() {
  auto s = toy_scenario();
  s.engine.memory_utilization = 0.9;
  s.workload.batch = 9;
  return s;
}

}  // namespace

TEST_CASE("remedies: every change that makes it fit, those that keep model and workload first", "[core][remedies]") {
  // 0.95: 76,800 B = 96 blocks, 95 usable, 9 fit. fp8 KV halves the block. fp8 weights free 4,000 B:
  // 94 blocks, 93 usable, 9 fit. Two ranks or replicas hold more. 88 blocks / 9 = 9 blocks = 90 tokens.
  CHECK(changes(one_too_many()) == std::vector<std::string>{"--memory-utilization 0.95", "--kv-dtype fp8",
                                                            "--weight-dtype fp8", "--tp 2", "--dp 2 --batch 5",
                                                            "--batch 8", "--context 90", "--attention mqa"});
}

TEST_CASE("remedies: the effect says what fits then", "[core][remedies]") {
  const auto all = remedies(one_too_many());
  REQUIRE(all.size() == 8);
  CHECK(all[0].effect.starts_with("9 x 100 tokens fit, decode step "));
  CHECK(all[1].effect.starts_with("9 x 100 tokens fit, 17 at most, decode step "));  // 179 blocks of 400 B: 178/10
  CHECK_THAT(all[4].effect, Catch::StartsWith("2 x 5 x 100 tokens fit, 8 at most, on 2x Toy device"));
  CHECK(all[6].effect.starts_with("9 x 90 tokens fit"));
}

TEST_CASE("remedies: a scenario that fits needs none", "[core][remedies]") {
  CHECK(remedies(toy_scenario()).empty());
}

TEST_CASE("remedies: what does not make it fit is not offered", "[core][remedies]") {
  auto s = one_too_many();
  s.workload.batch = 1000;
  // 1000 sequences need at least 20 B x 100 x 1000 = 2 MB: only fewer or much shorter ones help. 88 blocks
  // for 1000 sequences are not one block each.
  CHECK(changes(s) == std::vector<std::string>{"--batch 8"});
}

TEST_CASE("remedies: weights that do not fit ask for more ranks, the fewest that do", "[core][remedies]") {
  auto s = toy_scenario();
  s.device.memory = 8000.0 * units::byte;
  // 16,000 B of weights over 4 ranks, 2,200 B of overhead: 8,000 - 4,000 - 2,200 = 1,800 B hold no sequence
  // of 100 tokens (2,000 B on each rank), but fewer tokens would; 8 ranks do not divide 4 heads.
  CHECK(changes(s).empty());
  s.device.memory = 9000.0 * units::byte;  // 2,800 B / 200 B = 14 blocks: 13 usable, 10 needed
  CHECK(changes(s) == std::vector<std::string>{"--tp 4"});
}

TEST_CASE("remedies: the GPUs there are come first, in fewer replicas", "[core][remedies]") {
  auto s = toy_scenario();
  s.device.memory = 9000.0 * units::byte;  // 4 ranks hold it, as above
  s.deployment.dp = 4;
  CHECK(changes(s) == std::vector<std::string>{"--tp 4 --dp 1"});
  CHECK(changes(s, LayoutSaid{.as_gpus = true}) == std::vector<std::string>{"--tp 4"});
  const auto all = remedies(s, LayoutSaid{.as_gpus = true});
  REQUIRE(all.size() == 1);
  CHECK(all[0].effect.find(" on ") == std::string::npos);  // no other number of GPUs
  s.workload.batch = 1;  // 13 blocks for 4 sequences of 10 are too few: as many as one replica had
  CHECK(changes(s, LayoutSaid{.as_gpus = true}).front() == "--tp 4");
}

TEST_CASE("remedies: more GPUs are said as the question says them", "[core][remedies]") {
  auto s = toy_scenario();
  s.device.memory = 9000.0 * units::byte;
  s.deployment.dp = 3;  // cannot be regrouped
  CHECK(changes(s) == std::vector<std::string>{"--tp 4"});
  CHECK(changes(s, LayoutSaid{.as_gpus = true}) == std::vector<std::string>{"--tp 4 --gpus 12"});
  // 8 fit of 9: the others take a second replica.
  const auto more = changes(one_too_many(), LayoutSaid{.as_gpus = true});
  CHECK(std::ranges::count(more, "--gpus 2 --batch 5") == 1);
}

TEST_CASE("remedies: a prompt is shortened, not the answer", "[core][remedies]") {
  auto s = one_too_many();
  s.workload.context.reset();
  s.workload.isl = 60;
  s.workload.osl = 40;
  const auto list = changes(s);
  CHECK(std::ranges::find(list, "--isl 50") != list.end());  // 90 tokens - 40
}

TEST_CASE("remedies: what fits but misses an SLO is not offered", "[core][remedies]") {
  auto s = one_too_many();
  const auto tp2 = [&] {
    auto more = s;
    more.deployment.tp = 2;
    return estimate(more)->rates.step;
  }();
  REQUIRE(std::ranges::count(changes(s), "--tp 2") == 1);
  s.workload.tpot_slo = 0.999 * tp2;
  CHECK(std::ranges::count(changes(s), "--tp 2") == 0);
}

TEST_CASE("remedies: ranks are those of all groups of attention, as they are typed", "[core][remedies]") {
  auto s = toy_scenario();
  s.device.memory = 9000.0 * units::byte;  // 4 ranks hold the weights
  s.deployment.dp = 4;
  // Typed --tp 4 --attention-dp 4: four ranks of one group have them.
  CHECK(changes(s, {.attention_groups = 4, .ep = true}) == std::vector<std::string>{"--attention-dp 1"});
  s.deployment.dp = 3;  // typed --tp 3 --attention-dp 3: four ranks for each of three groups
  CHECK(changes(s, {.attention_groups = 3, .ep = true}) == std::vector<std::string>{"--tp 12"});
  s = one_too_many();
  s.deployment.dp = 2;  // typed --tp 2 --attention-dp 2: 9 sequences of each group need a second replica of both
  const auto more = changes(s, {.attention_groups = 2, .ep = true});
  CHECK(std::ranges::count(more, "--dp 2 --batch 5") == 1);
}
