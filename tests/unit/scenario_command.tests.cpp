#include "hwmodels/scenario_command.hpp"

#include <catch2/catch.hpp>

#include "cli/commands.hpp"
#include "cli/scenario_options.hpp"
#include "core/shell_quoted.hpp"

using namespace roofcast;

TEST_CASE("a scenario as a command line: the model, then what was said in the order of the fields") {
  CHECK(
      command_line({.model = "llama-3.1-70b", .hardware = "h100-sxm", .tp = "8", .context = "32Ki", .tpot = "50ms"}) ==
      "roofcast estimate llama-3.1-70b --hardware h100-sxm --tp 8 --context 32Ki --tpot 50ms");
  CHECK(command_line({}, "plan") == "roofcast plan");
}

TEST_CASE("words that a shell would take apart are quoted") {
  CHECK(shell_quoted("mla:512+64") == "mla:512+64");
  CHECK(shell_quoted("my model.json") == "'my model.json'");
  CHECK(shell_quoted("it's") == "'it'\\''s'");
  CHECK(shell_quoted("$HOME/*") == "'$HOME/*'");
  CHECK(shell_quoted("~/x") == "'~/x'");
  CHECK(shell_quoted("") == "''");
}

TEST_CASE("the words of a scenario are read back as the same scenario, whatever was typed") {
  const auto awkward = GENERATE("plain", "with blank", "-dash", "--flag", "quote's", "a=b", "k\"q", "ü", "--");
  for (const auto& field : scenario_fields())
    if (field.value == ScenarioValue::path_or_name || field.value == ScenarioValue::name) {
      CAPTURE(awkward, field.option);
      ScenarioDocument d{.model = "m"};
      d.*field.text = awkward;
      auto words = command_words(d);
      words.erase(words.begin(), words.begin() + 2);  // roofcast estimate
      const auto options = cli::parse_options(cli::estimate_table(), words);
      REQUIRE(options);
      CHECK(cli::scenario_document(*options) == d);
    }
}
