#include "hwmodels/file_output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

namespace {

using roofcast::FileOutput;
using roofcast::write_file_atomically;
namespace fs = std::filesystem;

/// A folder of one's own that goes away with the test.
struct Folder {
  fs::path path = [] {
    std::string name = (fs::temp_directory_path() / "roofcast-XXXXXX").string();
    return fs::path{::mkdtemp(name.data())};
  }();
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  [[nodiscard]] auto entries() const { return std::distance(fs::directory_iterator{path}, fs::directory_iterator{}); }
};

std::string content(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("a written file holds the bytes and leaves no temporary name") {
  const Folder folder;
  REQUIRE(write_file_atomically(folder.path / "a.csv", "x,y\n1,2\n").has_value());
  CHECK(content(folder.path / "a.csv") == "x,y\n1,2\n");
  CHECK(folder.entries() == 1);
}

TEST_CASE("an uncommitted file leaves the old content in place") {
  const Folder folder;
  REQUIRE(write_file_atomically(folder.path / "a.csv", "old").has_value());
  {
    auto file = FileOutput::create(folder.path / "a.csv");
    REQUIRE(file.has_value());
    REQUIRE(file->write("new").has_value());
    CHECK(folder.entries() == 2);
  }
  CHECK(content(folder.path / "a.csv") == "old");
  CHECK(folder.entries() == 1);
}

TEST_CASE("a missing folder is a file error that names the path") {
  const Folder folder;
  const auto path = folder.path / "missing" / "a.csv";
  const auto result = write_file_atomically(path, "x");
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().front().where == path.string());
  CHECK(result.error().front().what == "cannot be written: No such file or directory");
  CHECK(result.error().front().kind == roofcast::ErrorKind::file);
}

TEST_CASE("a folder is not a file to write") {
  const Folder folder;
  const auto result = write_file_atomically(folder.path, "x");
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().front().what == "cannot be written: Is a directory");
}

TEST_CASE("a device is written to, not replaced by a file") {
  REQUIRE(write_file_atomically("/dev/null", "x").has_value());
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("a full device is reported, not swallowed") {
  if (!fs::exists("/dev/full")) {
    WARN("no /dev/full on this system");
    return;
  }
  const auto result = write_file_atomically("/dev/full", "x");
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().front().what == "cannot be written: No space left on device");
}

TEST_CASE("a link stays a link and its target gets the bytes") {
  const Folder folder;
  REQUIRE(write_file_atomically(folder.path / "real.csv", "old").has_value());
  fs::create_symlink("real.csv", folder.path / "link.csv");
  REQUIRE(write_file_atomically(folder.path / "link.csv", "new").has_value());
  CHECK(fs::is_symlink(folder.path / "link.csv"));
  CHECK(content(folder.path / "real.csv") == "new");
}

TEST_CASE("an overwritten file keeps its permissions, a new one follows the umask") {
  const Folder folder;
  const auto old_mask = ::umask(027);
  REQUIRE(write_file_atomically(folder.path / "a.csv", "x").has_value());
  ::umask(old_mask);
  // 0666 & ~027 = 0640
  CHECK(fs::status(folder.path / "a.csv").permissions() == static_cast<fs::perms>(0640));
  fs::permissions(folder.path / "a.csv", static_cast<fs::perms>(0604));
  REQUIRE(write_file_atomically(folder.path / "a.csv", "y").has_value());
  CHECK(fs::status(folder.path / "a.csv").permissions() == static_cast<fs::perms>(0604));
}

TEST_CASE("a file that is committed under another name leaves the target as it was") {
  const Folder folder;
  std::ofstream(folder.path / "out.csv") << "old";
  auto file = FileOutput::create(folder.path / "out.csv");
  REQUIRE(file.has_value());
  REQUIRE(file->write("new").has_value());
  REQUIRE(file->commit_as(folder.path / "out.csv.partial").has_value());
  CHECK(content(folder.path / "out.csv") == "old");
  CHECK(content(folder.path / "out.csv.partial") == "new");
  CHECK(folder.entries() == 2);
}
