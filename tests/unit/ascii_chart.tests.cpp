#include "cli/ascii_chart.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "cli/text_width.hpp"
#include "tests/support/sample_figure.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

Figure straight() {
  ChartPane pane{.x = {.title = "x", .scale = AxisScale::logarithmic},
                 .y = {.title = "y", .scale = AxisScale::logarithmic},
                 .series = {{.name = "line", .points = {{1, 1}, {100, 100}}}}};
  return {.title = "straight", .panes = {pane}};
}

}  // namespace

TEST_CASE("no line of a terminal chart is wider than the terminal, and none ends in a space") {
  for (const int columns : {20, 40, 80, 200})
    for (const auto& figure : {sample_figure(), sample_bars(), straight()})
      for (const auto& line : lines(cli::ascii_chart(figure, columns))) {
        CAPTURE(columns, line);
        CHECK(cli::display_width(line) <= columns);
        CHECK((line.empty() || line.back() != ' '));
      }
}

TEST_CASE("a power law is a straight line on logarithmic axes") {
  const auto all = lines(cli::ascii_chart(straight(), 60));
  // The middle of 1..100 is 10: the row labelled 10 has its letter in the middle of the plot.
  const auto row = std::ranges::find_if(all, [](const auto& l) { return l.starts_with(" 10 +"); });
  REQUIRE(row != all.end());
  const double width = 60 - 3 - 2;
  CHECK(static_cast<double>(row->find('a')) == Approx(5 + width / 2).margin(2.5));
}

TEST_CASE("a bar is as long as its parts, each with its own character") {
  const auto text = cli::ascii_chart(sample_bars(), 60);
  // 56 of 56 GiB and 17 of 56 GiB: weights 16 and 15, cache 40 and 2.
  const auto all = lines(text);
  const auto mha = std::ranges::find_if(all, [](const auto& l) { return l.starts_with("mha"); });
  const auto mqa = std::ranges::find_if(all, [](const auto& l) { return l.starts_with("mqa"); });
  REQUIRE(mha != all.end());
  REQUIRE(mqa != all.end());
  CHECK(std::ranges::count(*mha, '+') > 2 * std::ranges::count(*mha, '#'));
  CHECK(std::ranges::count(*mqa, '#') > 5 * std::ranges::count(*mqa, '+'));
  CHECK(text.contains("# weights"));
}
