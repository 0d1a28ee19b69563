#include <stdlib.h>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/text_file.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using nlohmann::json;

namespace {

/// A folder with the three shards of a sweep of 12 points.
struct Shards {
  test::TemporaryFolder folder{};

  Shards() {
    for (int i = 1; i <= 3; ++i) sweep(name(i), {"--shard", fmt::format("{}/3", i)});
  }
  [[nodiscard]] static std::string name(int i) { return fmt::format("s{}.csv", i); }
  [[nodiscard]] std::string path(std::string_view file) const { return (folder / file).string(); }
  [[nodiscard]] std::string text(std::string_view file) const { return read_text(path(file)).value(); }

  void sweep(std::string_view file, const std::vector<std::string>& more, const std::string& batch = "1..4") const {
    std::vector<std::string> args{"sweep", "llama-3.1-8b", "--hardware",  "h100-sxm", "--batch",
                                  batch,   "--context",    "1Ki,2Ki,3Ki", "-o",       path(file)};
    args.insert(args.end(), more.begin(), more.end());
    const auto r = run(args);
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
  }
  [[nodiscard]] ProgramRun merge(const std::vector<std::string>& files) const {
    std::vector<std::string> args{"merge", "-o", path("all.csv")};
    for (const auto& file : files) args.push_back(path(file));
    return run(args);
  }
  /// A merge that must not be: its exit code and its one line. Nothing is written.
  void refuses(const std::vector<std::string>& files, Exit code, const std::string& line) const {
    const auto r = merge(files);
    CHECK(r.err == "roofcast: " + line + "\n");
    CHECK(r.code == code);
    CHECK_FALSE(std::filesystem::exists(path("all.csv")));
    CHECK_FALSE(std::filesystem::exists(path("all.csv.manifest.json")));
  }
};

}  // namespace

TEST_CASE("merge: bytes and plan are those of the sweep in one piece") {
  const Shards s;
  s.sweep("whole.csv", {});
  const auto r = s.merge({"s3.csv", "s1.csv", "s2.csv"});
  CHECK(r.err.empty());
  REQUIRE(r.code == Exit::ok);
  CHECK(s.text("all.csv") == s.text("whole.csv"));
  const auto merged = json::parse(s.text("all.csv.manifest.json"));
  const auto whole = json::parse(s.text("whole.csv.manifest.json"));
  for (const auto* key : {"plan_hash", "arguments", "presets", "points", "shard", "version", "git"}) {
    CAPTURE(key);
    CHECK(merged[key] == whole[key]);
  }
  for (const auto* key : {"rows", "bytes", "sha256"}) CHECK(merged["output"][key] == whole["output"][key]);
  CHECK(merged["shard"] == json{{"index", 1}, {"count", 1}});
}

TEST_CASE("merge: plain text is not written under the name of another compression") {
  const Shards s;
  const auto r = run({"merge", s.path("s1.csv"), s.path("s2.csv"), s.path("s3.csv"), "-o", s.path("m.csv.gz")});
  CHECK(r.code == Exit::usage);
  CHECK_THAT(r.err, Catch::Contains("of compressed files only .zst is written"));
  CHECK_FALSE(std::filesystem::exists(s.path("m.csv.gz")));
}

TEST_CASE("merge: what was merged is a sweep in one shard, and can be merged again") {
  const Shards s;
  REQUIRE(s.merge({"s1.csv", "s2.csv", "s3.csv"}).code == Exit::ok);
  const auto r = run({"merge", s.path("all.csv"), "-o", s.path("again.csv")});
  CHECK(r.code == Exit::ok);
  CHECK(s.text("again.csv") == s.text("all.csv"));
}

TEST_CASE("merge: missing shards are named, and the exit code says that a part is missing") {
  const Shards s;
  s.refuses({"s2.csv"}, Exit::partial,
            "FILE: of 3 shards these are missing: 1, 3 (sweep them with --shard 1/3 and so on)");
  s.sweep("s.csv", {"--shard", "12/12"});
  s.refuses({"s.csv"}, Exit::partial,
            "FILE: of 12 shards these are missing: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 more (sweep them with --shard "
            "1/12 and so on)");
}

TEST_CASE("merge: a shard given twice is refused with both names") {
  const Shards s;
  s.sweep("copy.csv", {"--shard", "2/3"});
  s.refuses({"s1.csv", "s2.csv", "copy.csv", "s3.csv"}, Exit::usage,
            fmt::format("{}: shard 2 of 3 is given twice, also as {}", s.path("copy.csv"), s.path("s2.csv")));
}

TEST_CASE("merge: a changed byte and a cut file are refused by name") {
  const Shards s;
  const std::string good = s.text("s2.csv"), name = s.path("s2.csv");
  auto bad = good;
  const auto digit = bad.rfind('7') != std::string::npos ? bad.rfind('7') : bad.rfind('1');
  bad[digit] = '8';  // a figure of a row, still a figure
  s.folder.write("s2.csv", bad);
  s.refuses({"s1.csv", "s2.csv", "s3.csv"}, Exit::file,
            name +
                ": is not the file that was written: its SHA-256 is not the one of its manifest (sweep it again "
                "with --shard 2/3)");
  s.folder.write("s2.csv", good.substr(0, good.size() - 9));
  s.refuses(
      {"s1.csv", "s2.csv", "s3.csv"}, Exit::file,
      fmt::format("{}: has {} bytes, its manifest says {}: truncated or changed (sweep it again with --shard 2/3)",
                  name, good.size() - 9, good.size()));
  std::filesystem::remove(name);
  CHECK(s.merge({"s1.csv", "s2.csv", "s3.csv"}).code == Exit::file);
}

TEST_CASE("merge: a file of another sweep is refused by name, with what sets it apart") {
  const Shards s;
  s.sweep("other.csv", {"--shard", "2/3"}, "1..5");
  s.refuses(
      {"s1.csv", "other.csv", "s3.csv"}, Exit::usage,
      fmt::format("{}: of another sweep than {}: batch is '1..5', not '1..4'", s.path("other.csv"), s.path("s1.csv")));
  s.sweep("other.csv", {"--shard", "2/4"});
  s.refuses({"s1.csv", "other.csv", "s3.csv"}, Exit::usage,
            fmt::format("{}: of another sweep than {}: it is cut into 4 shards, not 3", s.path("other.csv"),
                        s.path("s1.csv")));
}

TEST_CASE("merge: a file without a manifest, or with one that was edited, is refused") {
  const Shards s;
  const auto manifest = s.path("s2.csv.manifest.json");
  auto edited = json::parse(s.text("s2.csv.manifest.json"));
  edited["arguments"]["batch"] = "1..5";
  s.folder.write("s2.csv.manifest.json", edited.dump());
  s.refuses({"s1.csv", "s2.csv", "s3.csv"}, Exit::unsupported,
            manifest + ":/plan_hash: is not the hash of the arguments and presets here");
  std::filesystem::remove(manifest);
  const auto r = s.merge({"s1.csv", "s2.csv", "s3.csv"});
  CHECK(r.code == Exit::file);
  CHECK_THAT(r.err, Catch::StartsWith("roofcast: " + manifest + ": "));
}

TEST_CASE("merge: shards of another version are not mixed in") {
  const Shards s;
  auto edited = json::parse(s.text("s2.csv.manifest.json"));
  edited["version"] = "0.0.7";
  s.folder.write("s2.csv.manifest.json", edited.dump());
  const auto r = s.merge({"s1.csv", "s2.csv", "s3.csv"});
  CHECK(r.code == Exit::unsupported);
  CHECK_THAT(r.err, Catch::StartsWith("roofcast: " + s.path("s2.csv") + ": written by roofcast 0.0.7"));
}

TEST_CASE("merge: JSON shards are refused, and so is a shard as the output") {
  const Shards s;
  s.sweep("j.csv", {"--json"});
  s.refuses({"j.csv"}, Exit::usage,
            s.path("j.csv") + ": a JSON array: only CSV files are merged (sweep without --json)");
  const auto before = s.text("s2.csv");
  const auto r = run({"merge", s.path("s1.csv"), s.path("s2.csv"), s.path("s3.csv"), "-o", s.path("s2.csv")});
  CHECK(r.code == Exit::usage);
  CHECK(r.err == fmt::format("roofcast: --output: '{}' is read, and would be overwritten (choose another file)\n",
                             s.path("s2.csv")));
  CHECK(s.text("s2.csv") == before);
}

TEST_CASE("sweep --shard auto: each task of an array writes a file of its own, and merge takes them") {
  const Shards s;
  for (const auto* launcher : {"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"}) ::unsetenv(launcher);
  for (int rank = 0; rank < 2; ++rank) {
    ::setenv("OMPI_COMM_WORLD_RANK", std::to_string(rank).c_str(), 1);
    ::setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
    s.sweep("x.csv", {"--shard", "auto"});
  }
  ::unsetenv("OMPI_COMM_WORLD_RANK");
  ::unsetenv("OMPI_COMM_WORLD_SIZE");
  CHECK_FALSE(std::filesystem::exists(s.path("x.csv")));
  REQUIRE(s.merge({"x-00001-of-00002.csv", "x-00002-of-00002.csv"}).code == Exit::ok);
  s.sweep("whole.csv", {});
  CHECK(s.text("all.csv") == s.text("whole.csv"));
  CHECK(run({"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki", "--shard", "auto"}).code ==
        Exit::usage);
}
