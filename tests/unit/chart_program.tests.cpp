#include "cli/chart_program.hpp"

#include <catch2/catch.hpp>

#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

std::filesystem::path program(const test::TemporaryFolder& folder, std::string_view name) {
  std::filesystem::create_directories((folder / name).parent_path());
  const auto file = folder.write(name, "#!/bin/sh\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file;
}

}  // namespace

TEST_CASE("the drawing program is looked for beside this one, then on the path") {
  const test::TemporaryFolder folder;
  const auto path = (folder / "none").string() + "::" + (folder / "path").string();
  CHECK(!cli::chart_program(folder / "bin", path));
  const auto found = program(folder, "path/roofcast-charts");
  CHECK(cli::chart_program(folder / "bin", path) == found);
  const auto beside = program(folder, "bin/roofcast-charts");
  CHECK(cli::chart_program(folder / "bin", path) == beside);
}

TEST_CASE("a file on the path that cannot be run is no drawing program") {
  const test::TemporaryFolder folder;
  static_cast<void>(folder.write("roofcast-charts", "text"));
  CHECK(!cli::chart_program(folder / "bin", folder.path().string()));
}

TEST_CASE("a chart that cannot be written leaves the file as it was") {
  const test::TemporaryFolder folder;
  const auto old = folder.write("old.csv", "kept");
  const auto r = run({"plot", "tests/data/measured_round.csv", "-o", old.string()});
  CHECK(r.code == cli::Exit::unsupported);
  CHECK(std::filesystem::file_size(old) == 4);
}
