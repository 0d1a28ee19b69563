#include <array>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "cli/commands.hpp"
#include "cli/scenario_options.hpp"
#include "core/number_format.hpp"
#include "hwmodels/scenario_command.hpp"
#include "tests/support/mutation.hpp"

using namespace roofcast;
using roofcast::test::Random;

namespace {

template <std::size_t N>
std::string one_of(Random& random, const std::array<const char*, N>& words) {
  return words[test::below(random, N)];
}

/// A text that the field takes.
std::string some_text(const ScenarioField& field, Random& random) {
  switch (field.value) {
    case ScenarioValue::amount:
    case ScenarioValue::positive:
      if (field.kind == ValueKind::time) return one_of<4>(random, {"50ms", "2s", "1500us", "0.5s"});
      if (field.kind == ValueKind::fraction) return one_of<4>(random, {"92%", "0.9", "1", "0.950"});
      if (field.kind == ValueKind::number) return one_of<4>(random, {"2.5", "3", "1e2", "0.10"});
      if (field.bounds.max < 8192) return one_of<3>(random, {"1", "8", "64"});
      return one_of<6>(random, {"1", "8", "64", "4096", "8Ki", "1k"});
    case ScenarioValue::size:
      return one_of<3>(random, {"80GB", "80 GiB", "1.5TB"});
    case ScenarioValue::attention:
      return one_of<4>(random, {"own", "mqa", "gqa:4", "mla:512+64"});
    case ScenarioValue::kv_format:
    case ScenarioValue::weight_format:
      return one_of<2>(random, {"auto", "fp8"});
    case ScenarioValue::lengths:
      return one_of<4>(random, {"2000", "8Ki", "lognormal:mean=2000,sigma=0.8", "1k"});
    case ScenarioValue::pools:
      return one_of<2>(random, {"1:3", "2:2"});
    case ScenarioValue::routing:
      return one_of<3>(random, {"random", "1.5", "2"});
    case ScenarioValue::price:
      return one_of<3>(random, {"2.5", "3", "my prices/now.csv"});
    case ScenarioValue::overlap:
      return one_of<2>(random, {"none", "two-batch"});
    case ScenarioValue::name:
    case ScenarioValue::path_or_name:
      break;
  }
  return one_of<6>(random, {"llama-3.1-8b", "my models/a.json", "it's.gguf", "$(x)", "a\"b", "\xc3\xbc.json"});
}

ScenarioDocument some_document(std::uint64_t seed) {
  Random random{seed};
  ScenarioDocument document;
  for (const auto& field : scenario_fields())
    if (field.text == &ScenarioDocument::model || test::below(random, 2) == 0)
      document.*field.text = some_text(field, random);
  return document;
}

}  // namespace

TEST_CASE("a scenario survives its file and its command line, letter by letter", "[property]") {
  const auto document = some_document(GENERATE(range(0, 200)));
  const auto json = scenario_json(document);
  INFO(json);
  const auto from_file = parse_scenario(json, "s.json");
  REQUIRE(from_file);
  CHECK(*from_file == document);

  auto words = command_words(document);
  words.erase(words.begin(), words.begin() + 2);  // roofcast estimate
  const auto options = cli::parse_options(cli::estimate_table(), words);
  REQUIRE(options);
  CHECK(cli::scenario_document(*options) == document);
}

TEST_CASE("every option of estimate that describes a scenario is a field, and every field is an option") {
  for (const auto& option : cli::scenario_options()) {
    if (option.name == "scenario") continue;
    INFO(option.name);
    CHECK(std::ranges::any_of(scenario_fields(), [&](const auto& f) { return f.option == option.name; }));
  }
  for (const auto& field : scenario_fields()) {
    INFO(field.option);
    if (field.text != &ScenarioDocument::model)
      CHECK(std::ranges::any_of(cli::scenario_options(), [&](const auto& o) { return o.name == field.option; }));
  }
}
