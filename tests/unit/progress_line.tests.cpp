#include "cli/progress_line.hpp"

#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

using namespace roofcast::cli;

namespace {

/// What a line that is told of its last point after a quarter of a second writes.
std::string written(bool terminal, bool quiet) {
  std::ostringstream out, err;
  {
    ProgressLine line(Io{.out = out, .err = err, .terminal = {.err_is_terminal = terminal}}, quiet, 2'000'000);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    line.at(1'000'000);
    line.at(1'000'001);  // too soon for another line
  }
  CHECK(out.str().empty());
  return err.str();
}

}  // namespace

TEST_CASE("progress: a share, a rate and what is left, erased at the end") {
  const auto text = written(true, false);
  CHECK_THAT(text, Catch::StartsWith("\r\033[K50% of 2,000,000 points, "));
  CHECK_THAT(text, Catch::Contains("/s, ") && Catch::EndsWith(" left\r\033[K"));
}

TEST_CASE("progress: silent in a pipe and with --quiet") {
  CHECK(written(false, false).empty());
  CHECK(written(true, true).empty());
}
