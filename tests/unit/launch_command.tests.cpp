#include "core/plan/launch_command.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "core/plan/plan_assumptions.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// Llama-3.1-8B on one H100, prompts that follow a lognormal law of mean 2000, answers of 500 tokens.
PlanRow varied(double sigma) {
  PlanRow row{.scenario = scenario(llama_3_1_8b(), h100_sxm()), .limit = {.batch = 10}, .peak = 10};
  row.scenario.model.max_context = 131'072;
  row.scenario.workload = {.isl = 2000, .osl = 500, .isl_lengths = lognormal_lengths(2000, sigma)};
  return row;
}

bool says(const PlanRow& row, std::string_view word) {
  const auto words = launch_words(row, "model");
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

TEST_CASE("an engine admits the longest prompts of a law, not the 90%", "[core][plan]") {
  // 99.9%: 2000 exp(0.8 (3.0902 - 0.4)) = 17,208 tokens and 500 of the answer
  CHECK(says(varied(0.8), "--max-model-len 17708"));
  CHECK(says(varied(0), "--max-model-len 2500"));
  // 2000 exp(4 (3.0902 - 2)) = 156,660 is more than the model was made for.
  CHECK(says(varied(4), "--max-model-len 131072"));
  CHECK(launch_notes({.base = varied(0.8).scenario}, varied(0.8)).empty());
}

TEST_CASE("slots of llama.cpp hold what the plan keeps memory for", "[core][plan]") {
  PlanRow row = varied(0.8);
  row.scenario.engine = llamacpp();
  const double room = row.scenario.workload.full_length();
  CHECK(says(row, "--ctx-size " + std::to_string(static_cast<int>(10 * room))));
  CHECK_THAT(launch_notes({.base = row.scenario}, row).front(), Catch::Contains("slots are of one size"));
}

TEST_CASE("only equal lengths are never preempted", "[core][plan]") {
  const auto says_never = [](const Scenario& s) {
    const auto lines = plan_assumptions({.request = {.base = s}});
    return std::ranges::any_of(lines, [](const auto& l) { return l.contains("nothing is preempted"); });
  };
  Scenario s = varied(0.8).scenario;
  CHECK_FALSE(says_never(s));
  s.workload.isl_lengths.reset();
  CHECK(says_never(s));
}
