// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chart_arguments.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::gui;

namespace {

/// Where the first problem with the words is; empty when there is none.
std::string complaint(const std::vector<std::string>& words) {
  const auto arguments = chart_arguments(words);
  return arguments ? "" : arguments.error().front().where;
}

}  // namespace

TEST_CASE("an output and a figure are enough to draw") {
  const auto arguments = chart_arguments({"--output", "a.svg", "figure.json"});
  REQUIRE(arguments);
  CHECK(arguments->output == "a.svg");
  CHECK(arguments->figure == "figure.json");
  CHECK(arguments->theme.name == "light");
  CHECK(arguments->size == QSize(1200, 800));
}

TEST_CASE("a flag takes its value after a space or an equals sign") {
  const auto arguments = chart_arguments({"f.json", "--output=a.png", "--theme=dark", "--size", "640x480"});
  REQUIRE(arguments);
  CHECK(arguments->theme.name == "dark");
  CHECK(arguments->size == QSize(640, 480));
}

TEST_CASE("what is wrong with the arguments is said at its place") {
  CHECK(complaint({"f.json"}) == "--output");
  CHECK(complaint({"--output", "a.svg"}) == "FIGURE.json");
  CHECK(complaint({"--output", "a.pdf", "f.json"}) == "--output");
  CHECK(complaint({"--output", "a.svg", "f.json", "--theme", "blue"}) == "--theme");
  CHECK(complaint({"--output", "a.svg", "f.json", "--size", "12x9"}) == "--size");
  CHECK(complaint({"--output", "a.svg", "f.json", "--size", "99999x800"}) == "--size");
  CHECK(complaint({"--output", "a.svg", "f.json", "--size", "299x800"}) == "--size");  // as roofcast --size
  CHECK(chart_arguments({"f.json", "--output=a.svg", "--size", "300x300"})->size == QSize(300, 300));
  CHECK(complaint({"--output", "a.svg", "f.json", "g.json"}) == "FIGURE.json");
  CHECK(complaint({"--output"}) == "--output");
  CHECK(chart_arguments({"--thme", "dark"}).error().front().hint == "did you mean '--theme'?");
}
