#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "core/sweep_columns.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/kept_rows.hpp"
#include "hwmodels/text_file.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
namespace fs = std::filesystem;

namespace {

/// A sweep of 12 points into `file`.
ProgramRun sweep_into(const fs::path& file, std::vector<std::string> more = {}, const char* batches = "1..6") {
  std::vector<std::string> args{"sweep",   "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki,8Ki",
                                "--batch", batches,        "-j",         "1",        "-o",        file.string()};
  args.insert(args.end(), more.begin(), more.end());
  return run(args);
}

/// What a killed sweep leaves: `bytes` of `whole` and the plan of an interrupted one.
void leave_partial(const fs::path& file, std::string_view bytes, std::string_view plan) {
  fs::remove(file);
  fs::remove(file.string() + ".manifest.json");
  std::ofstream(file.string() + ".partial", std::ios::binary) << bytes;
  std::ofstream(file.string() + ".partial.plan.json", std::ios::binary) << plan;
}

/// The plan that a sweep into `file` puts beside its rows: an unwritable manifest leaves it there.
std::string plan_of(const test::TemporaryFolder& folder, std::vector<std::string> more = {},
                    const char* batches = "1..6") {
  const auto file = folder / "plan/x.csv";
  fs::create_directories(file.string() + ".manifest.json");
  CHECK(sweep_into(file, std::move(more), batches).code == Exit::file);
  auto plan = read_text(file.string() + ".partial.plan.json").value();
  fs::remove_all(folder / "plan");
  return plan;
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

std::string manifest_without_times(const fs::path& file) {
  auto text = read_text(file.string() + ".manifest.json").value();
  const auto from = text.find("\"output\"");
  return text.substr(from, text.find("\"started\"") - from);
}

}  // namespace

TEST_CASE("sweep --resume: cut anywhere, the file becomes the one of an uninterrupted run") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--shard", "2/3"}, {"--where", "batch != 2 && batch != 6"}}) {
    fs::remove(file);
    REQUIRE(sweep_into(file, more).code == Exit::ok);
    const auto whole = read_text(file).value();
    const auto manifest = manifest_without_times(file);
    const auto plan = plan_of(folder, more);
    auto resume = more;
    resume.emplace_back("--resume");
    resume.emplace_back("-q");
    // Every place near the ends of lines, some others.
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
      const bool at_line = whole.find('\n', cut < 2 ? 0 : cut - 2) < cut + 1;
      if (!at_line && cut % 41 != 0) continue;
      leave_partial(file, std::string_view{whole}.substr(0, cut), plan);
      const auto r = sweep_into(file, resume);
      if (r.code != Exit::ok || read_text(file).value_or("") != whole || manifest_without_times(file) != manifest ||
          entries(folder.path()) != 2)
        FAIL("cut at byte " << cut << ": " << r.err);
    }
  }
}

TEST_CASE("sweep --resume: what is whole is not computed again, what is not what its manifest says is") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  REQUIRE(sweep_into(file, {"--resume"}).code == Exit::ok);  // nothing there: a fresh start
  const auto whole = read_text(file).value();
  const auto written = fs::last_write_time(file);
  const auto again = sweep_into(file, {"--resume"});
  CHECK(again.code == Exit::ok);
  CHECK(again.err == file.string() + ": already complete\n");
  CHECK(fs::last_write_time(file) == written);
  std::string changed = whole;
  changed[whole.size() - 2] ^= 1;  // as many bytes
  std::ofstream(file, std::ios::binary) << changed;
  CHECK_THAT(sweep_into(file, {"--resume"}).err, !Catch::Contains("already complete"));
  CHECK(read_text(file).value() == whole);
}

TEST_CASE("sweep --resume: a partial file of anything else is refused and stays") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  REQUIRE(sweep_into(file).code == Exit::ok);
  const auto rows = read_text(file).value();
  const auto refused = [&](std::string_view bytes, const std::string& plan, Exit code, const std::string& why,
                           std::vector<std::string> more = {}) {
    leave_partial(file, bytes, plan);
    more.emplace_back("--resume");
    const auto r = sweep_into(file, more);
    CHECK(r.code == code);
    CHECK_THAT(r.err, Catch::Contains(why) && Catch::Contains("leave out --resume to start afresh"));
    CHECK(std::count(r.err.begin(), r.err.end(), '\n') == 1);
    CHECK(read_text(file.string() + ".partial").value() == bytes);
    CHECK(read_text(file.string() + ".partial.plan.json").value() == plan);
    CHECK_FALSE(fs::exists(file));
  };
  const auto plan = plan_of(folder);
  refused(rows, plan_of(folder, {}, "1..7"), Exit::usage, "was begun with other arguments or presets");
  refused(rows, plan, Exit::usage, "was begun for another --shard", {"--shard", "1/2"});
  auto other = plan;
  other.replace(other.find("\"version\": \"") + 12, 1, "99");
  refused(rows, other, Exit::usage, "was begun by another version of roofcast");
  refused(rows, "{", Exit::usage, "has a plan beside it that cannot be read");
  refused("a,b\n1,2\n", plan, Exit::file, "line 1 is not its header");
  refused(rows.substr(0, rows.find('\n') + 1) + "1,oops,\n", plan, Exit::file, "row 1 is not the one");
  const auto second = rows.find('\n', rows.find('\n') + 1) + 1;
  refused(rows.substr(0, second) + rows.substr(rows.find('\n', second) + 1), plan, Exit::file,
          "row 11 is not the one");  // a row is missing: the last is 11 of 12 points
}

TEST_CASE("sweep: without --resume a partial file is overwritten, which is said") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv";
  leave_partial(file, "other", "{}");
  const auto r = sweep_into(file);
  CHECK(r.code == Exit::ok);
  CHECK_THAT(r.err, Catch::Contains("x.csv.partial: left by an earlier run, is overwritten"));
  CHECK(entries(folder.path()) == 2);  // the file and its manifest
  leave_partial(file, "other", "{}");
  fs::remove(file.string() + ".partial.plan.json");
  CHECK_THAT(sweep_into(file, {"--resume"}).err, Catch::Contains("has no plan beside it"));
}

TEST_CASE("sweep --resume: needs a CSV in a file") {
  const test::TemporaryFolder folder;
  const std::vector<std::string> stdout_only{"sweep",     "llama-3.1-8b", "--hardware", "h100-sxm",
                                             "--context", "1Ki",          "--resume"};
  CHECK(run(stdout_only).code == Exit::usage);
  CHECK(run(stdout_only).err == "roofcast: --resume: stdout cannot be gone on with (give --output FILE)\n");
  const auto json = sweep_into(folder / "x.json", {"--json", "--resume"});
  CHECK(json.code == Exit::usage);
  CHECK_THAT(json.err, Catch::Contains("--resume: JSON cannot be gone on with, only CSV"));
  const auto device = sweep_into("/dev/null", {"--resume"});
  CHECK(device.code == Exit::usage);
  CHECK_THAT(device.err, Catch::Contains("'/dev/null' is a device or a pipe"));
  CHECK(entries(folder.path()) == 0);
}

TEST_CASE("kept rows of a file that is cut at any byte are its whole lines") {
  SweepGrid grid;
  grid.models.resize(12);
  grid.devices.resize(1);
  grid.engines.resize(1);
  grid.lengths = LazyList<Lengths>{Lengths{.context = 1024}};
  std::string whole = sweep_header();
  for (int point = 0; point < 12; ++point) whole += fmt::format("1,{},cells\n", point);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    const auto bytes = std::string_view{whole}.substr(0, cut);
    const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    KeptRowsReader reader;
    REQUIRE(reader.read(bytes));
    auto kept = reader.kept(grid, {}, "x.csv.partial");
    REQUIRE(kept);
    CHECK(kept->bytes == bytes.rfind('\n') + 1);  // none: npos + 1 = 0
    CHECK(kept->rows == (lines == 0 ? 0 : lines - 1));
    CHECK(kept->next_point == kept->rows);
    CHECK(kept->hash.hex() == sha256(bytes.substr(0, kept->bytes)));
  }
}

TEST_CASE("kept rows are the same for pieces of any size, and a line break in quotes ends no line") {
  const std::string text = sweep_header() + "1,0,\"a\n1,7,b\"\"\",x\n1,1,\"c\nd";
  const std::string whole = text.substr(0, text.rfind("1,1,"));
  SweepGrid grid;
  grid.models.resize(2);
  grid.devices.resize(1);
  grid.engines.resize(1);
  grid.lengths = LazyList<Lengths>{Lengths{.context = 1024}};
  for (const std::size_t size : {std::size_t{1}, std::size_t{3}, text.size()}) {
    KeptRowsReader reader;
    for (std::size_t at = 0; at < text.size(); at += size)
      REQUIRE(reader.read(std::string_view{text}.substr(at, size)));
    auto kept = reader.kept(grid, {}, "x.csv.partial");
    REQUIRE(kept);
    CHECK(kept->rows == 1);
    CHECK(kept->next_point == 1);
    CHECK(kept->bytes == whole.size());
    CHECK(kept->hash.hex() == sha256(whole));
  }
}
