#include <catch2/catch.hpp>

#include <array>

#include "core/quantity_text.hpp"
#include "hwmodels/object_reader.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

/// What a body that reads `text` complains about.
template <class Body>
std::string complaints(std::string_view text, Body body) {
  Errors errors;
  const auto json = parse_json(text, "x.json");
  if (!json) return error_lines(json.error());
  read_object(*json, "x.json:", errors, body);
  return error_lines(errors);
}

}  // namespace

TEST_CASE("a correct object is read without a word", "[reader]") {
  const auto text = R"({"name": "a", "count": 3, "on": true, "list": ["x", "y"], "inner": {"value": 0.5}})";
  CHECK(complaints(text, [](ObjectReader& r) {
          CHECK(r.text("name") == "a");
          CHECK(r.integer("count", 1, 8) == 3);
          CHECK(r.flag("on"));
          CHECK(r.texts("list") == std::vector<std::string>{"x", "y"});
          r.object("inner", [](ObjectReader& inner) { CHECK(inner.number("value", 0, 1) == 0.5); });
          CHECK(r.text_or("absent", "fallback") == "fallback");
          CHECK(r.texts("none").empty());
        }) == "");
}

TEST_CASE("missing, mistyped and unknown keys are reported together, each with its pointer", "[reader][errors]") {
  const auto text = R"({"count": "3", "nmae": "a", "inner": {"valeu": 1}})";
  CHECK(complaints(text,
                   [](ObjectReader& r) {
                     (void)r.text("name");
                     (void)r.integer("count", 1, 8);
                     r.object("inner", [](ObjectReader& inner) { (void)inner.number("value", 0, 1); });
                   }) ==
        "x.json:/name missing\n"
        "x.json:/count expected an integer in 1..8, found \"3\"\n"
        "x.json:/inner/value missing\n"
        "x.json:/inner/valeu unknown key (did you mean 'value'?)\n"
        "x.json:/nmae unknown key (did you mean 'name'?)\n");
}

TEST_CASE("numbers outside their range are mistyped, whatever their JSON type", "[reader][errors]") {
  for (const char* value : {"0", "9", "-1", "2.5", "1000.0", "18446744073709551615", "true", "[]"}) {
    CAPTURE(value);
    const auto text = fmt::format(R"({{"count": {}}})", value);
    CHECK_THAT(complaints(text, [](ObjectReader& r) { (void)r.integer("count", 1, 8); }),
               Catch::Contains("x.json:/count expected an integer in 1..8, found " + std::string(value)));
  }
  CHECK(complaints(R"({"share": 1.5})", [](ObjectReader& r) { (void)r.number("share", 0, 1); }) ==
        "x.json:/share expected a number in 0..1, found 1.5\n");
}

TEST_CASE("null and empty texts are no values", "[reader][errors]") {
  CHECK(complaints(R"({"name": null, "other": ""})",
                   [](ObjectReader& r) {
                     (void)r.text("name");
                     (void)r.text("other");
                   }) ==
        "x.json:/name must not be null\n"
        "x.json:/other must not be empty\n");
}

TEST_CASE("a figure needs a value with a unit and a source", "[reader][errors]") {
  std::vector<FigureSource> sources;
  const auto text = R"({"memory": {"bandwidth": {"value": "3.35 TB/s", "source": "sheet"}, "size": {"value": "80"}}})";
  const auto read = [&](ObjectReader& r) {
    r.object("memory", [&](ObjectReader& memory) {
      CHECK(memory.sourced("bandwidth", parse_bandwidth, sources) == 3.35 * units::TB / units::s);
      (void)memory.sourced("size", parse_bytes, sources);
    });
  };
  CHECK(complaints(text, read) ==
        "x.json:/memory/size/source missing\n"
        "x.json:/memory/size/value '80' has no unit (use one of: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB)\n");
  REQUIRE_FALSE(sources.empty());
  CHECK(sources.front() == FigureSource{"memory/bandwidth", "sheet"});
}

TEST_CASE("an unknown choice names the nearest one, or all", "[reader][errors]") {
  constexpr std::array<std::pair<std::string_view, int>, 2> kTable{{{"gpu", 1}, {"accelerator", 2}}};
  const auto read = [&](ObjectReader& r) { (void)r.choice<int>("class", kTable); };
  CHECK(complaints(R"({"class": "gqu"})", read) == "x.json:/class 'gqu' is not known (did you mean 'gpu'?)\n");
  CHECK(complaints(R"({"class": "fpga"})", read) ==
        "x.json:/class 'fpga' is not known (use one of: gpu, accelerator)\n");
}

TEST_CASE("keys with slashes and tildes are escaped in pointers", "[reader][errors]") {
  CHECK(complaints(R"({"a/b~c": 1})", [](ObjectReader&) {}) == "x.json:/a~1b~0c unknown key\n");
}

TEST_CASE("text that is not one JSON object with distinct keys is refused", "[reader][errors]") {
  CHECK_THAT(error_lines(parse_json("{\"a\": ", "x.json").error()),
             Catch::StartsWith("x.json not valid JSON: parse error"));
  CHECK_THAT(error_lines(parse_json("", "x.json").error()), Catch::StartsWith("x.json not valid JSON"));
  CHECK(error_lines(parse_json(R"({"a": {"b": 1, "b": 2}})", "x.json").error()) ==
        "x.json the key 'b' occurs twice in one object\n");
  CHECK(parse_json(R"({"a": {"b": 1}, "c": {"b": 2}})", "x.json").has_value());
  CHECK(complaints("[1, 2]", [](ObjectReader&) {}) == "x.json: expected an object\n");
  CHECK(error_lines(parse_json(std::string(100000, '['), "x.json").error()).size() < 200);
  const auto deep = std::string(100000, '[') + std::string(100000, ']');
  CHECK(error_lines(parse_json(deep, "x.json").error()) == "x.json nested deeper than 32 levels\n");
}

TEST_CASE("written JSON keeps on a line what fits, and integers stay integers", "[reader]") {
  Json json;
  json["name"] = "x";
  json["small"] = {{"value", json_number(8192.0)}, {"share", json_number(0.5)}};
  json["runs"] = Json::array();
  for (int i = 0; i < 12; ++i) json["runs"].push_back({"sliding", 5});
  CHECK(json_text(json) == R"({
  "name": "x",
  "small": {"value": 8192, "share": 0.5},
  "runs": [
    ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5],
    ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5], ["sliding", 5]
  ]
}
)");
}
