#include "hwmodels/figure_json.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/mutation.hpp"
#include "tests/support/sample_figure.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

/// Some error of reading the text is at that place.
bool complains(const std::string& text, std::string_view where) {
  const auto f = parse_figure(text, "f.json");
  return !f && std::ranges::any_of(f.error(), [&](const Error& e) { return e.where == where; });
}

}  // namespace

TEST_CASE("a figure is the same after it is written and read") {
  for (const auto& figure : {sample_figure(), sample_bars()}) {
    const auto again = parse_figure(figure_json(figure), "f.json");
    REQUIRE(again);
    CHECK(*again == figure);
  }
}

TEST_CASE("what is at its default is not written") {
  const auto text = figure_json(sample_bars());
  for (const auto* key : {"weight\"", "in_legend", "low", "guides", "footnotes", "subtitle"})
    CHECK(!text.contains(key));
}

TEST_CASE("unknown keys, values and numbers outside an axis are named by their place") {
  const auto text = figure_json(sample_figure());
  CHECK(complains(replaced(text, "\"end_label\"", "\"endlabel\""), "f.json:/panes/0/series/0/endlabel"));
  CHECK(complains(replaced(text, "line_with_marks", "lines"), "f.json:/panes/0/series/0/shape"));
  CHECK(complains(replaced(text, "roofcast/figure/1", "roofcast/figure/2"), "f.json:/schema"));
  CHECK(complains(replaced(text, "\"x\": 2.5", "\"x\": 0"), "f.json:/panes/0/series/0/points/1/x"));
  CHECK(complains(replaced(text, "\"at\": 120", "\"at\": -1"), "f.json:/panes/0/guides/0/at"));
  CHECK(complains(replaced(text, "\"most\": 64", "\"most\": 1"), "f.json:/panes/0/x/most"));
  CHECK(complains(replaced(text, "\"panes\": [", "\"panes\": [1, "), "f.json:/panes/0"));
}

TEST_CASE("a bar stands at the index of a category") {
  const auto text = figure_json(sample_bars());
  CHECK(complains(replaced(text, "{\"x\": 1, \"y\": 15}", "{\"x\": 2, \"y\": 15}"),
                  "f.json:/panes/0/series/0/points/1/x"));
  CHECK(complains(replaced(text, "{\"x\": 1, \"y\": 15}", "{\"x\": 0.5, \"y\": 15}"),
                  "f.json:/panes/0/series/0/points/1/x"));
}

TEST_CASE("a damaged figure is refused with a place, or read as another figure that can be written") {
  test::Random random{7};
  const auto seed = figure_json(sample_figure());
  for (int i = 0; i < 2000; ++i) {
    const auto figure = parse_figure(test::mutated(seed, random), "f.json");
    if (figure)
      CHECK(parse_figure(figure_json(*figure), "g.json") == figure);
    else
      CHECK(!figure.error().front().where.empty());
  }
}
