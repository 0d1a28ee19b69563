#include "hwmodels/csv_file.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

Error first_error(std::string_view text) {
  const auto file = parse_csv(text, "a.csv");
  REQUIRE_FALSE(file);
  return file.error().front();
}

}  // namespace

TEST_CASE("csv file: columns are found by name, cells by record and column") {
  const auto file = parse_csv("model,batch\nllama,4\nqwen,8\n", "a.csv").value();
  REQUIRE(file.records() == 2);
  CHECK(file.column("batch") == 1);
  CHECK_FALSE(file.column("tp"));
  CHECK(file.cell(0, 0) == "llama");
  CHECK(file.cell(1, 1) == "8");
  CHECK(file.line(1) == 3);
}

TEST_CASE("csv file: a byte order mark, CRLF, blank lines and a missing last line break are tolerated") {
  const auto plain = parse_csv("a,b\n1,2\n3,4\n", "a.csv").value();
  CHECK(parse_csv("\xef\xbb\xbf"
                  "a,b\r\n1,2\r\n3,4",
                  "a.csv") == plain);
  const auto blanks = parse_csv("a,b\n\n1,2\n3,4\n\n", "a.csv").value();
  CHECK(blanks.records() == 2);
  CHECK(blanks.line(0) == 3);
}

TEST_CASE("csv file: quoted cells hold commas, quotes and line breaks, line numbers count the breaks") {
  const auto file = parse_csv("a,b\n\"x,\"\"y\"\"\nz\",1\n\"\",2\n", "a.csv").value();
  CHECK(file.cell(0, 0) == "x,\"y\"\nz");
  CHECK(file.cell(1, 0).empty());
  CHECK(file.line(0) == 2);
  CHECK(file.line(1) == 4);  // the record before takes lines 2 and 3
}

TEST_CASE("csv file: quoting is strict") {
  CHECK(first_error("a,b\n1\"2,3\n") ==
        Error{.where = "a.csv:2", .what = "has a quote inside a cell that does not start with one"});
  CHECK(first_error("a,b\n\"1\"2,3\n").what == "has text after a closing quote");
  CHECK(first_error("a,b\n\"1,2\n3,4\n").what == "ends inside quotes");
  CHECK(first_error("a,b\n1\r2,3\n").what == "has a carriage return inside a line");
}

TEST_CASE("csv file: every record that does not fit the header is reported") {
  const auto file = parse_csv("a,b\n1\n1,2\n1,2,3\n", "a.csv");
  REQUIRE_FALSE(file);
  CHECK(file.error() == Errors{{.where = "a.csv:2", .what = "1 cells under 2 columns"},
                               {.where = "a.csv:4", .what = "3 cells under 2 columns"}});
}

TEST_CASE("csv file: what is no text or no table gives one line") {
  CHECK(first_error("").what == "is empty: expected a header line");
  CHECK(first_error("a,b,a\n").where == "a.csv:1:3");
  CHECK(first_error("a,b,a\n").what == "column 'a' occurs twice");
  CHECK(first_error("a,b\n1,\xe9\n") == Error{.where = "a.csv:2", .what = "cell 2 is no UTF-8 text"});
  CHECK(first_error(std::string("a,b\n1,\0\n", 8)).what == "holds a zero byte: is this a text file?");
  CHECK(first_error(std::string(2u << 20, 'x')).what == "is longer than 1048576 bytes: is this a CSV file?");
}

TEST_CASE("csv file: files are read from regular files only") {
  const test::TemporaryFolder folder;
  CHECK(read_csv_file(folder.write("a.csv", "a\n1\n"))->records() == 1);
  CHECK(read_csv_file(folder / "none.csv").error().front().kind == ErrorKind::file);
  CHECK(read_csv_file(folder.path()).error().front().kind == ErrorKind::file);
}
