#include "cli/point_progress.hpp"

#include <algorithm>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

using namespace roofcast::cli;

namespace {

/// What is written for a sweep that is told of its middle after a quarter of a second.
std::string written(bool terminal, const std::vector<std::string>& args = {}) {
  std::ostringstream out, err;
  const auto options = parse_options(OptionTable{}, args);
  REQUIRE(options.has_value());
  {
    PointProgress progress(*options, Io{.out = out, .err = err, .terminal = {.err_is_terminal = terminal}}, 2'000'000);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    progress.at(1'000'000);
    progress.at(1'100'000);  // too soon for another line
  }
  CHECK(out.str().empty());
  return err.str();
}

}  // namespace

TEST_CASE("progress of points: a share, what is left and a rate, gone at the end") {
  const auto text = written(true);
  CHECK_THAT(text, Catch::StartsWith("\r[##########..........]  50%  "));
  CHECK_THAT(text, Catch::Contains(" left  ") && Catch::Contains(" points/s") && Catch::EndsWith(" \r"));
  CHECK(std::ranges::count(text, '[') == 1);
}

TEST_CASE("progress of points: silent in a pipe and with --quiet") {
  CHECK(written(false).empty());
  CHECK(written(true, {"--quiet"}).empty());
}
