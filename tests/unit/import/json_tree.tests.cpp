#include <catch2/catch.hpp>

#include "hwmodels/import/json_tree.hpp"

using namespace roofcast;

namespace {

std::string refusal(std::string_view text, const JsonLimits& limits = {}) {
  const auto tree = json_tree(text, "x.json", limits);
  REQUIRE_FALSE(tree);
  REQUIRE(tree.error().size() == 1);
  CHECK(tree.error().front().where == "x.json");
  return tree.error().front().what;
}

}  // namespace

TEST_CASE("members are found by name, null and absence are told apart") {
  const auto tree = json_tree(R"({"b": 2, "a": [true, "x"], "n": null})", "x.json");
  REQUIRE(tree);
  CHECK(*tree->find("b")->as<double>() == 2);
  CHECK(tree->find("a")->as<JsonValue::Array>()->size() == 2);
  CHECK(tree->find("n") == nullptr);
  CHECK(tree->states_null("n"));
  CHECK(tree->find("m") == nullptr);
  CHECK_FALSE(tree->states_null("m"));
}

TEST_CASE("NaN and Infinity, as Python writes them, read as null, inside strings they stay") {
  const auto tree = json_tree(R"({"limit": [0.0, Infinity, -Infinity, NaN], "text": "NaN \" Infinity"})", "x.json");
  REQUIRE(tree);
  const auto& list = *tree->find("limit")->as<JsonValue::Array>();
  REQUIRE(list.size() == 4);
  CHECK(list[1].is_null());
  CHECK(list[2].is_null());
  CHECK(list[3].is_null());
  CHECK(*tree->find("text")->as<std::string>() == "NaN \" Infinity");
}

TEST_CASE("what is not JSON is refused with the place") {
  CHECK(refusal("{\"a\": }") == "not valid JSON at byte 7");
  CHECK(refusal("{} x") == "not valid JSON at byte 4");
  CHECK(refusal("{\"a\": 1, \"b\": {\"a\": 1, \"a\": 1}}") == "the key 'a' appears twice in one object");
  CHECK(refusal("\"\xff\"") == "not valid JSON at byte 2");
}

TEST_CASE("depth, number of values and length are bounded") {
  CHECK(refusal(std::string(65, '[') + std::string(65, ']')) == "nested deeper than 64 levels");
  CHECK(json_tree(std::string(64, '[') + std::string(64, ']'), "x.json"));
  CHECK(refusal(std::string(10'000'000, '[')) == "nested deeper than 64 levels");
  CHECK(refusal("[1,2,3,4]", {.values = 3}) == "more than 3 values");
  CHECK_THAT(refusal("[1,2,3,4]", {.text_bytes = 8}), Catch::Contains("9 bytes of JSON"));
}
