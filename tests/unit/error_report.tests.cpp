#include "cli/error_report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace roofcast;
using namespace roofcast::cli;

TEST_CASE("an error is one line with place, problem and hint") {
  CHECK(error_line({"--tp", "'x' is not a number", "e.g. --tp 2"}) == "--tp: 'x' is not a number (e.g. --tp 2)");
  CHECK(error_line({.what = "nothing to do"}) == "nothing to do");
}

TEST_CASE("control characters of the input cannot forge a line") {
  CHECK(error_line({.where = "a\nroofcast: ok", .what = "\x1b[2J"}) == "a\\nroofcast: ok: \\x1b[2J");
}

TEST_CASE("many errors print three lines, the last counts the rest") {
  std::ostringstream out;
  std::ostringstream err;
  Errors five;
  for (const auto* what : {"one", "two", "three", "four", "five"}) five.push_back({"--tp", what, {}, ErrorKind::file});
  CHECK(report(five, Io{out, err}) == Exit::file);
  CHECK(err.str() == "roofcast: --tp: one\nroofcast: --tp: two\nroofcast: and 3 more problems\n");
  CHECK(out.str().empty());
}

TEST_CASE("what several arguments ran into is said once") {
  std::ostringstream out;
  std::ostringstream err;
  const Errors same(5, Error{"presets", "cannot be read", {}, ErrorKind::file});
  CHECK(report(same, Io{out, err}) == Exit::file);
  CHECK(err.str() == "roofcast: presets: cannot be read\n");
}
