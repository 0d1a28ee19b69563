#include <catch2/catch.hpp>

#include "core/assumptions.hpp"
#include "core/scenario.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

std::vector<std::string> flags(const Scenario& s) {
  std::vector<std::string> names;
  for (const auto& e : scenario_errors(s)) names.push_back(e.where);
  return names;
}

bool mentions(const Scenario& s, std::string_view text) {
  for (const auto& a : assumptions(s, 1))
    if (a.find(text) != std::string::npos) return true;
  return false;
}

const Scenario kGood = scenario(llama_3_1_8b(), h100_sxm());

}  // namespace

TEST_CASE("an ISL/OSL workload grows from the prompt to prompt and answer (W1)", "[core][scenario]") {
  const Workload w{.isl = 1000, .osl = 200};
  CHECK(w.full_length() == 1200);
  CHECK(w.mean_length() == 1100);
  CHECK(w.step_context() == 1100);
  CHECK(w.prompt() == 1000);
}

TEST_CASE("a context alone is the full length, and grows from nothing (W1)", "[core][scenario]") {
  const Workload w{.context = 8192};
  CHECK(w.full_length() == 8192);
  CHECK(w.mean_length() == 4096);
  CHECK(w.step_context() == 8192);
  CHECK(w.prompt() == 8192);
}

TEST_CASE("a fit is asked for all devices that share experts", "[core][scenario]") {
  Scenario s = kGood;
  s.deployment = {.tp = 4, .pp = 2};
  CHECK(serving_place(s).gpus == 8);
  s.deployment = {.tp = 8, .ep = 64, .dp = 8};
  CHECK(serving_place(s).gpus == 64);
}

TEST_CASE("a complete question has no errors", "[core][scenario]") {
  CHECK(scenario_errors(kGood).empty());
}

TEST_CASE("a workload is a context or a prompt and an answer", "[core][scenario]") {
  Scenario s = kGood;
  s.workload = {};
  CHECK(flags(s) == std::vector<std::string>{"--context"});
  s.workload = {.isl = 100};
  CHECK(flags(s) == std::vector<std::string>{"--osl"});
  s.workload = {.osl = 100};
  CHECK(flags(s) == std::vector<std::string>{"--isl"});
  s.workload = {.context = 100, .isl = 100, .osl = 1};
  CHECK(flags(s) == std::vector<std::string>{"--context"});
  s.workload = {.context = 0.5};
  CHECK(flags(s) == std::vector<std::string>{"--context"});
  s.workload = {.isl = -1, .osl = 2e12, .batch = 0};
  CHECK(flags(s) == std::vector<std::string>{"--isl", "--osl", "--batch"});
}

TEST_CASE("every setting out of range is named at once, with its value", "[core][scenario]") {
  Scenario s = kGood;
  s.memory_utilization = 1.5;
  s.block_tokens = 0;
  s.max_batched_tokens = -3;
  s.deployment.tp = 3;
  const auto errors = scenario_errors(s);
  std::vector<std::string> all;
  for (const auto& e : errors) all.push_back(e.where);
  CHECK(all ==
        std::vector<std::string>{"--tp", "--tp", "--memory-utilization", "--block-size", "--max-batched-tokens"});
  CHECK(errors[2].what == "1.5 is not a fraction in (0, 1]");
}

TEST_CASE("a CPU's memory is an input", "[core][scenario]") {
  Scenario s = kGood;
  s.device.memory.reset();
  REQUIRE(flags(s) == std::vector<std::string>{"--memory"});
  CHECK(scenario_errors(s).front().kind == ErrorKind::usage);
}

TEST_CASE("a device without a known rate gets no number", "[core][scenario]") {
  Scenario s = kGood;
  s.device.peaks = {};
  REQUIRE(flags(s) == std::vector<std::string>{"--hardware"});
  CHECK(scenario_errors(s).front().kind == ErrorKind::unsupported);
}

TEST_CASE("what an answer takes for granted is said", "[core][scenario]") {
  CHECK(mentions(kGood, "theoretical"));
  CHECK_FALSE(mentions(kGood, "collectives"));

  Scenario s = kGood;
  s.deployment = {.tp = 2, .dp = 2};
  CHECK(mentions(s, "collectives count link bytes"));
  CHECK(mentions(s, "per replica"));
  s.deployment.tp = 16;  // a domain has 8
  CHECK(mentions(s, "tp = 16 reaches beyond the 8 devices of one NVLink4 domain"));
  s.deployment.tp = 2;
  s.device.link = s.device.pcie = {};
  CHECK(mentions(s, "no link bandwidth is known of H100 SXM5"));

  s = kGood;
  s.model.max_context = 4096;
  CHECK(mentions(s, "8,192 tokens exceed the model's declared maximum of 4,096"));
  s.model.vision_params = 2e9;
  s.model.mtp_params = 1e9;
  CHECK(mentions(s, "2.00 B parameters of vision"));
  CHECK(mentions(s, "1.00 B parameters of multi-token-prediction"));
  s.device.memory_source = MemorySource::estimated;
  CHECK(mentions(s, "reported memory of H100 SXM5 is estimated"));
}

TEST_CASE("exchanges between ranks are said", "[core][scenario]") {
  Scenario s = scenario(deepseek_v3(), h100_sxm(), {.tp = 8, .ep = 16, .dp = 2});
  CHECK(mentions(s, "tokens go to each of their experts' ranks and back"));
  CHECK(mentions(s, "ep = 16 reaches beyond the 8 devices"));
  s.deployment.ep = 8;
  CHECK_FALSE(mentions(s, "experts' ranks and back"));
  s.deployment.dcp = 8;
  CHECK(mentions(s, "exchange queries, partial results"));
}
