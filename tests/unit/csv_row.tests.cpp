#include "hwmodels/csv_row.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

Error first_error(const Result<CsvRow>& row) {
  REQUIRE_FALSE(row);
  return row.error().front();
}

}  // namespace

TEST_CASE("csv row: a row comes with the names of its columns") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a.csv", "model,batch\nllama,4\nqwen,8\n");
  const auto row = read_csv_row(file, 2).value();
  CHECK(row.cell("model") == "qwen");
  CHECK(row.cell("batch") == "8");
  CHECK_FALSE(row.cell("tp"));
}

TEST_CASE("csv row: quoted cells hold commas, quotes and line breaks, and count as one row") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a.csv", "a,b\r\n\"x,\"\"y\"\"\nz\",1\r\nlast,2");
  CHECK(read_csv_row(file, 1)->cells == std::vector<std::string>{"x,\"y\"\nz", "1"});
  CHECK(read_csv_row(file, 2)->cells == std::vector<std::string>{"last", "2"});
}

TEST_CASE("csv row: a row that is not there says how many there are") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a.csv", "a\n1\n");
  const auto e = first_error(read_csv_row(file, 2));
  CHECK(e.kind == ErrorKind::usage);
  CHECK(e.what == "the file has 1 row");
}

TEST_CASE("csv row: files that are not tables give one line each") {
  const test::TemporaryFolder folder;
  CHECK(first_error(read_csv_row(folder / "none.csv", 1)).kind == ErrorKind::file);
  CHECK(first_error(read_csv_row(folder.path(), 1)).what == "is a folder");
  CHECK(first_error(read_csv_row(folder.write("empty.csv", ""), 1)).what == "is empty");
  CHECK(first_error(read_csv_row(folder.write("short.csv", "a,b\n1\n"), 1)).what == "1 cells under 2 columns");
  CHECK(first_error(read_csv_row(folder.write("open.csv", "a,b\n\"1,2\n"), 1)).what == "ends inside quotes");
  CHECK(first_error(read_csv_row(folder.write("long.csv", std::string(2u << 20, 'x')), 1)).what ==
        "is longer than 1048576 bytes: is this a CSV file?");
}
