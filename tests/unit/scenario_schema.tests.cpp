#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/scenario_document.hpp"

using namespace roofcast;
using nlohmann::json;

namespace {

json schema() {
  std::ifstream file("docs/schema/scenario.schema.json");
  return json::parse(file);
}

}  // namespace

TEST_CASE("the JSON schema of scenarios has the keys that the reader knows, no more and no fewer") {
  std::vector<std::string> known{"schema", "pins"}, described;
  for (const auto& field : scenario_fields()) known.push_back(field.key());
  const json properties = schema()["properties"];
  for (const auto& [key, unused] : properties.items()) described.push_back(key);
  std::ranges::sort(known);
  CHECK(described == known);  // items() are sorted
  CHECK(schema()["additionalProperties"] == false);
  CHECK(schema()["required"] == json{"schema"});
}

TEST_CASE("a pin has every key of a scenario in the schema, and nothing else") {
  const json pin = schema()["properties"]["pins"]["items"];
  CHECK(pin["additionalProperties"] == false);
  CHECK(pin["properties"].size() == scenario_fields().size());
  for (const auto& field : scenario_fields())
    CHECK(pin["properties"][field.key()]["$ref"] == "#/properties/" + field.key());
}

TEST_CASE("a scenario's key is a number or a text in the schema as it is for the reader") {
  for (const auto& field : scenario_fields()) {
    INFO(field.option);
    const auto type = schema()["properties"][field.key()]["type"];
    CHECK(type == (field.takes_numbers() ? json{"number", "string"} : json("string")));
  }
}

TEST_CASE("the schema's examples are read, and its patterns take what the reader takes and not its contrary") {
  for (const auto& field : scenario_fields()) {
    const auto entry = schema()["properties"][field.key()];
    INFO(field.option);
    REQUIRE_FALSE(entry["examples"].empty());
    for (const auto& example : entry["examples"]) {
      const auto text = example.is_string() ? example.get<std::string>() : example.dump();
      INFO(text);
      CHECK(text_errors(field, text).empty());
      if (entry.contains("pattern")) CHECK(std::regex_match(text, std::regex(entry["pattern"].get<std::string>())));
    }
    if (entry.contains("pattern")) {
      const std::string wrong = "5 parsecs";
      CHECK_FALSE(text_errors(field, wrong).empty());
      CHECK_FALSE(std::regex_match(wrong, std::regex(entry["pattern"].get<std::string>())));
    }
  }
}
