#include "cli/sibling_program.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

TEST_CASE("a sibling is a program beside this one before one of PATH") {
  const test::TemporaryFolder folder;
  const auto program = [&](const std::string& name) {
    std::filesystem::create_directories((folder / name).parent_path());
    const auto file = folder.write(name, "#!/bin/sh\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return std::filesystem::path(file);
  };
  const auto path = (folder / "path").string();
  CHECK(!cli::sibling_program("roofcast-gui", folder / "bin", path));
  const auto found = program("path/roofcast-gui");
  CHECK(cli::sibling_program("roofcast-gui", folder / "bin", path) == found);
  const auto beside = program("bin/roofcast-gui");
  CHECK(cli::sibling_program("roofcast-gui", folder / "bin", path) == beside);
}
