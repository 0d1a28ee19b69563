#include "hwmodels/resumable_output.hpp"

#include <catch2/catch.hpp>

#include "hwmodels/text_file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
namespace fs = std::filesystem;

namespace {

std::string kept(const ResumableOutput& output) {
  std::string all;
  REQUIRE(output.read([&](std::string_view piece) {
    all += piece;
    return true;
  }));
  return all;
}

std::ptrdiff_t entries(const fs::path& folder) {
  return std::distance(fs::directory_iterator{folder}, fs::directory_iterator{});
}

}  // namespace

TEST_CASE("a resumable file is there as a partial one until it is committed") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("x.csv", "old");
  auto output = ResumableOutput::open(file);
  REQUIRE(output);
  CHECK(output->partial() == file.string() + ".partial");
  REQUIRE(output->begin("plan"));
  REQUIRE(output->write("new"));
  CHECK(read_text(output->partial()).value() == "new");  // unbuffered
  CHECK(output->plan().value() == "plan");
  CHECK(read_text(file).value() == "old");
  REQUIRE(output->commit());
  CHECK(read_text(file).value() == "new");
  output->finish();
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a resumable file that is dropped stays partial, unless nothing was written") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  {
    auto output = ResumableOutput::open(file);
    REQUIRE(output);
    REQUIRE(output->begin("plan"));
  }
  CHECK(entries(folder.path()) == 0);
  {
    auto output = ResumableOutput::open(file);
    REQUIRE(output);
    REQUIRE(output->begin("plan"));
    REQUIRE(output->write("1234"));
  }
  CHECK(entries(folder.path()) == 2);
  auto output = ResumableOutput::open(file);
  REQUIRE(output);
  CHECK(kept(*output) == "1234");
  REQUIRE(output->go_on_behind(3));
  REQUIRE(output->write("x"));
  CHECK(kept(*output) == "123x");
}

TEST_CASE("one process at a time writes a resumable file") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  auto first = ResumableOutput::open(file);
  REQUIRE(first);
  REQUIRE(first->begin("first"));
  const auto second = ResumableOutput::open(file);
  REQUIRE_FALSE(second);
  CHECK(second.error().front().where == file.string() + ".partial");
  CHECK(second.error().front().what == "is being written by another process");
  CHECK(second.error().front().kind == ErrorKind::file);
  REQUIRE(first->write("row"));
  REQUIRE(first->commit());
  // The next one begins a partial file of its own, and the plan of one that has finished is not taken for its.
  auto third = ResumableOutput::open(file);
  REQUIRE(third);
  CHECK(third->is_empty());
  REQUIRE(third->begin("third"));
  first->finish();
  CHECK(third->plan().value() == "third");
  CHECK(read_text(file).value() == "row");
}

TEST_CASE("a resumable file keeps links and permissions of what it replaces") {
  const test::TemporaryFolder folder;
  const auto real = folder.write("real.csv", "old");
  fs::permissions(real, static_cast<fs::perms>(0604));
  fs::create_symlink("real.csv", folder / "link.csv");
  auto output = ResumableOutput::open(folder / "link.csv");
  REQUIRE(output);
  CHECK(fs::path(output->partial()).filename() == "real.csv.partial");  // on the disk of the bytes
  REQUIRE(output->begin("plan"));
  REQUIRE(output->write("new"));
  REQUIRE(output->commit());
  output->finish();
  CHECK(fs::is_symlink(folder / "link.csv"));
  CHECK(read_text(real).value() == "new");
  CHECK(fs::status(real).permissions() == static_cast<fs::perms>(0604));
  CHECK(entries(folder.path()) == 2);
}

TEST_CASE("a resumable file in no folder, or with the name of one, is a file error") {
  const test::TemporaryFolder folder;
  const auto missing = ResumableOutput::open(folder / "missing/x.csv");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().front().where == (folder / "missing/x.csv").string());
  CHECK(missing.error().front().what == "cannot be written: No such file or directory");
  const auto taken = ResumableOutput::open(folder.path());
  REQUIRE_FALSE(taken);
  CHECK(taken.error().front().what == "cannot be written: Is a directory");
}
