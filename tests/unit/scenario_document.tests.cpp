#include "hwmodels/scenario_document.hpp"

#include <catch2/catch.hpp>

#include "hwmodels/scenario_set.hpp"

using namespace roofcast;

namespace {

Errors errors_of(const std::string& text) {
  const auto document = parse_scenario(text, "s.json");
  REQUIRE_FALSE(document);
  return document.error();
}

const ScenarioDocument kDocument{.model = "llama-3.1-8b",
                                 .hardware = "h100-sxm",
                                 .tp = "2",
                                 .isl = "8Ki",
                                 .osl = "1024",
                                 .tpot = "50ms",
                                 .memory_utilization = "92%",
                                 .memory = "80GiB",
                                 .price = "2.5",
                                 .attention = "gqa:4",
                                 .kv_dtype = "fp8"};

}  // namespace

TEST_CASE("a scenario is written as it was typed, plain numbers as numbers") {
  CHECK(scenario_json(kDocument) == R"({
  "schema": "roofcast/scenario/1",
  "model": "llama-3.1-8b",
  "hardware": "h100-sxm",
  "tp": 2,
  "isl": "8Ki",
  "osl": 1024,
  "tpot": "50ms",
  "memory_utilization": "92%",
  "memory": "80GiB",
  "price": 2.5,
  "attention": "gqa:4",
  "kv_dtype": "fp8"
}
)");
}

TEST_CASE("what is written is read back, letter by letter") {
  auto document = kDocument;
  document.batch = "064";    // no JSON number
  document.context = "4e3";  // a JSON number, but 4000.0 once it is read
  document.price = "2.50";
  document.model = "a \"b\"/c\\d";
  const auto again = parse_scenario(scenario_json(document), "s.json");
  REQUIRE(again);
  CHECK(*again == document);
}

TEST_CASE("numbers stand for themselves in a scenario, with no text around them") {
  const auto document =
      parse_scenario(R"({"schema": "roofcast/scenario/1", "tp": 8, "batch": 64.0, "price": 2.5})", "");
  REQUIRE(document);
  CHECK(document->tp == "8");
  CHECK(document->batch == "64.0");
  CHECK(document->price == "2.5");
  CHECK_FALSE(document->model);
}

TEST_CASE("all problems of a scenario file are reported with their keys") {
  const auto errors = errors_of(
      R"({"schema": "roofcast/scenario/1", "modle": "x", "tp": "two", "batch": 0, "tpot": 50, "engine": 1,
          "kv_dtype": "fp9", "memory": "80", "attention": "gqa", "isl": null, "price": 0, "hardware": ""})");
  const auto has = [&](std::string_view where, std::string_view what, std::string_view hint = "") {
    INFO(where << ": " << what);
    CHECK(std::ranges::any_of(errors, [&](const Error& e) {
      return e.where == where && e.what.contains(what) && e.hint.contains(hint) && e.kind == ErrorKind::unsupported;
    }));
  };
  has("s.json:/modle", "unknown key", "did you mean 'model'?");
  has("s.json:/tp", "'two'");
  has("s.json:/batch", "'0': expected between 1 and");
  has("s.json:/tpot", "expected a text with its unit, e.g. \"50ms\", found 50");
  has("s.json:/engine", "expected a text, found 1");
  has("s.json:/kv_dtype", "'fp9' is not a known format", "fp8");
  has("s.json:/memory", "'80'", "256GiB");
  has("s.json:/attention", "'gqa' is not an attention variant");
  has("s.json:/isl", "must not be null");
  has("s.json:/price", "more than 0 USD");
  has("s.json:/hardware", "must not be empty");
  CHECK(errors.size() == 11);
}

TEST_CASE("of a file with another schema only that is said") {
  CHECK(errors_of(R"({"schema": "roofcast/device/1", "bandwidth": 1})") ==
        Errors{{"s.json:/schema", "'roofcast/device/1' is not supported: expected 'roofcast/scenario/1'"}});
}

TEST_CASE("a scenario needs its schema and nothing else") {
  CHECK(parse_scenario(R"({"schema": "roofcast/scenario/1"})", "s.json") == ScenarioDocument{});
  CHECK(errors_of("{}").front() == Error{.where = "s.json:/schema", .what = "missing"});
  CHECK(errors_of("[]").front().what == "expected an object");
  CHECK(errors_of("{\"tp\": 1, \"tp\": 2}").front().what.contains("occurs twice"));
}

TEST_CASE("pins are written beside the scenario and read back, for the command line they are not there") {
  const ScenarioSet set{.document = kDocument, .pins = {{.model = "a", .tp = "4"}, {.kv_dtype = "fp8"}}};
  CHECK(parse_scenarios(scenarios_json(set), "s.json") == set);
  CHECK(parse_scenario(scenarios_json(set), "s.json") == kDocument);
  CHECK(scenarios_json({.document = kDocument}) == scenario_json(kDocument));
}

TEST_CASE("pins are read as strictly as the scenario") {
  const auto errors = errors_of(R"({"schema": "roofcast/scenario/1", "pins": [{"tp": "two"}, {"pins": []}, 3]})");
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].where == "s.json:/pins/0/tp");
  CHECK(errors[1].where == "s.json:/pins/1/pins");
  CHECK(errors[2].where == "s.json:/pins/2");
}

TEST_CASE("notes of a scenario tell of decimal suffixes of token counts") {
  CHECK(scenario_notes({.context = "128k", .batch = "1k"}) ==
        std::vector<std::string>{"--context: 128k is 128,000; 128Ki is 131,072"});
}

TEST_CASE("every member of a scenario document is a field with a key of its own") {
  // sizeof counts members: one added without a row would be lost when a scenario is saved.
  CHECK(scenario_fields().size() == sizeof(ScenarioDocument) / sizeof(ScenarioText));
  std::vector<std::string> keys;
  for (const auto& field : scenario_fields()) keys.push_back(field.key());
  std::ranges::sort(keys);
  CHECK(std::ranges::adjacent_find(keys) == keys.end());
}
