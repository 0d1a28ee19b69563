#include <fstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/csv_file.hpp"
#include "hwmodels/csv_row.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/text_file.hpp"
#include "hwmodels/zstd_stream.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// A sweep of 3000 points, some 850 kB: four frames.
ProgramRun sweep_into(const fs::path& file, std::vector<std::string> more = {}) {
  std::vector<std::string> args{"sweep",     "llama-3.1-8b", "--hardware", "h100-sxm,h200-sxm",
                                "--context", "1Ki..5Ki:1Ki", "--batch",    "1..300",
                                "-o",        file.string(),  "-q"};
  args.insert(args.end(), more.begin(), more.end());
  return run(args);
}

std::string bytes_of(const fs::path& file) {
  return read_text(file).value();
}

struct Frames {
  std::string text{};
  std::vector<std::size_t> ends{};  ///< in bytes
};

Frames frames_of(std::string_view bytes) {
  Frames frames;
  ZstdDecompressor decompressor;
  std::string_view left = bytes;
  while (true) {
    const auto step = decompressor.take(left, frames.text);
    REQUIRE(step != ZstdDecompressor::Step::wrong);
    if (step == ZstdDecompressor::Step::frame_end) frames.ends.push_back(bytes.size() - left.size());
    if (left.empty() && decompressor.between_frames()) return frames;
  }
}

json manifest_of_file(const fs::path& file) {
  return json::parse(bytes_of(file.string() + ".manifest.json"));
}

/// What a killed sweep leaves.
void leave_partial(const fs::path& file, std::string_view bytes, std::string_view plan) {
  fs::remove(file);
  std::ofstream(file.string() + ".partial", std::ios::binary) << bytes;
  std::ofstream(file.string() + ".partial.plan.json", std::ios::binary) << plan;
}

std::string plan_of(const test::TemporaryFolder& folder) {
  const auto file = folder / "plan/x.csv.zst";
  fs::create_directories(file.string() + ".manifest.json");
  CHECK(sweep_into(file).code == Exit::file);
  return bytes_of(file.string() + ".partial.plan.json");
}

}  // namespace

TEST_CASE("sweep -o x.csv.zst: frames of whole rows that hold the plain file's text, the same bytes for any -j") {
  const test::TemporaryFolder folder;
  const auto plain = folder / "x.csv", packed = folder / "x.csv.zst", again = folder / "again.csv.zst";
  REQUIRE(sweep_into(plain).code == Exit::ok);
  REQUIRE(sweep_into(packed, {"-j", "1"}).code == Exit::ok);
  REQUIRE(sweep_into(again, {"-j", "3"}).code == Exit::ok);
  CHECK(bytes_of(packed) == bytes_of(again));
  const auto frames = frames_of(bytes_of(packed));
  CHECK(frames.text == bytes_of(plain));
  CHECK(frames.ends.size() == frames.text.size() / (256 * 1024) + 1);
  const auto output = manifest_of_file(packed)["output"];
  CHECK(output["rows"] == 3000);
  CHECK(output["bytes"] == fs::file_size(packed));
  CHECK(output["sha256"] == sha256(bytes_of(packed)));
  CHECK(output["csv_sha256"] == manifest_of_file(plain)["output"]["sha256"]);
  CHECK_FALSE(manifest_of_file(plain)["output"].contains("csv_sha256"));
}

TEST_CASE("sweep --resume: a compressed file that is cut anywhere becomes the one of an uninterrupted run") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv.zst";
  REQUIRE(sweep_into(file).code == Exit::ok);
  const auto whole = bytes_of(file);
  const auto plan = plan_of(folder);
  const auto told = manifest_of_file(file)["output"];
  const auto ends = frames_of(whole).ends;
  REQUIRE(ends.size() >= 3);
  std::vector<std::size_t> cuts{0, 1, ends[0] / 2, whole.size() - 1, whole.size()};
  for (const auto end : ends) cuts.insert(cuts.end(), {end - 1, end, std::min(end + 1, whole.size())});
  for (const auto cut : cuts) {
    CAPTURE(cut);
    leave_partial(file, std::string_view{whole}.substr(0, cut), plan);
    const auto r = sweep_into(file, {"--resume"});
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
    CHECK(bytes_of(file) == whole);
    CHECK(manifest_of_file(file)["output"] == told);
  }
  CHECK(sweep_into(file, {"--resume"}).code == Exit::ok);
  CHECK(bytes_of(file) == whole);
}

TEST_CASE("sweep --resume: a broken frame, or frames of something else, are refused by name and stay") {
  const test::TemporaryFolder folder;
  const auto file = folder / "x.csv.zst";
  REQUIRE(sweep_into(file).code == Exit::ok);
  const auto plan = plan_of(folder);
  auto broken = bytes_of(file);
  const auto ends = frames_of(broken).ends;
  const auto second = ends[0] + (ends[1] - ends[0]) / 2;
  broken[second] = static_cast<char>(broken[second] ^ 1);
  ZstdCompressor compressor;
  const auto refused = [&](const std::string& bytes, const std::string& why) {
    leave_partial(file, bytes, plan);
    const auto r = sweep_into(file, {"--resume"});
    CHECK(r.code == Exit::file);
    CHECK(r.err == fmt::format("roofcast: {}.partial: {} (leave out --resume to start afresh)\n", file.string(), why));
    CHECK(bytes_of(file.string() + ".partial") == bytes);
  };
  refused(broken, "frame 2 is broken, or is not a sweep's");
  refused("schema,point\n1,2\n", "frame 1 is broken, or is not a sweep's");
  refused(compressor.frame("a,b\n1,2\n"), "is not a sweep's CSV: line 1 is not its header");
  refused(compressor.frame("a,b"), "frame 1 is broken, or is not a sweep's");  // ends inside a row
}

TEST_CASE("merge: compressed shards give the bytes of the sweep in one piece, compressed or plain") {
  const test::TemporaryFolder folder;
  std::vector<std::string> shards;
  for (int i = 1; i <= 3; ++i) {
    shards.push_back((folder / fmt::format("s{}.csv{}", i, i == 2 ? "" : ".zst")).string());  // a mixture is no problem
    REQUIRE(sweep_into(shards.back(), {"--shard", fmt::format("{}/3", i)}).code == Exit::ok);
  }
  for (const auto* name : {"all.csv", "all.csv.zst"}) {
    CAPTURE(name);
    const auto whole = folder / (std::string("whole-") + name);
    REQUIRE(sweep_into(whole).code == Exit::ok);
    const auto r = run({"merge", shards[2], shards[0], shards[1], "-o", (folder / name).string()});
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
    CHECK(bytes_of(folder / name) == bytes_of(whole));
    for (const auto* key : {"rows", "bytes", "sha256"})
      CHECK(manifest_of_file(folder / name)["output"][key] == manifest_of_file(whole)["output"][key]);
  }
}

TEST_CASE("merge: a changed byte of a compressed shard is refused by name, and so is a frame that does not end") {
  const test::TemporaryFolder folder;
  const auto file = folder / "s.csv.zst";
  REQUIRE(sweep_into(file).code == Exit::ok);
  const auto good = bytes_of(file);
  const auto ends = frames_of(good).ends;
  const auto merge = [&] { return run({"merge", file.string(), "-o", (folder / "all.csv").string()}); };
  for (std::size_t at = 0; at < good.size(); at += 997) {
    CAPTURE(at);
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    folder.write("s.csv.zst", bad);
    const auto r = merge();
    CHECK(r.code == Exit::file);
    CHECK_THAT(r.err, Catch::StartsWith("roofcast: " + file.string() + ": "));
    CHECK_FALSE(fs::exists(folder / "all.csv"));
  }
  // As long as the manifest says, but the last frame is cut off and the rest is the first one's beginning.
  auto bad = good.substr(0, ends[ends.size() - 2]);
  bad += good.substr(0, good.size() - bad.size());
  folder.write("s.csv.zst", bad);
  const auto r = merge();
  CHECK(r.err == fmt::format("roofcast: {}: frame {} does not end (sweep it again with --shard 1/1)\n", file.string(),
                             ends.size()));
  CHECK(r.code == Exit::file);
}

TEST_CASE("sweep: of compressed files only .csv.zst is written") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "x.csv.gz").string();
  const auto r = sweep_into(file);
  CHECK(r.code == Exit::usage);
  CHECK(r.err == fmt::format("roofcast: --output: '{0}': of compressed files only .zst is written ('{1}.zst')\n", file,
                             (folder / "x.csv").string()));
  CHECK_THAT(sweep_into(folder / "x.json.zst", {"--json"}).err,
             Catch::Contains("JSON is not compressed, only CSV (leave out --json, or .zst)"));
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("plot and explain read a compressed sweep as they read a plain one, and refuse a broken one") {
  const test::TemporaryFolder folder;
  const auto plain = folder / "x.csv", packed = folder / "x.csv.zst";
  REQUIRE(sweep_into(plain).code == Exit::ok);
  REQUIRE(sweep_into(packed).code == Exit::ok);
  CHECK(read_csv_file(packed)->records() == 3000);
  for (const std::size_t row : {1, 2999, 3000}) {
    const auto a = read_csv_row(plain, row), b = read_csv_row(packed, row);
    REQUIRE(b);
    CHECK(a->cells == b->cells);
  }
  CHECK_THAT(read_csv_row(packed, 3001).error()[0].what, Catch::Contains("3000 rows"));
  const auto explained = run({"explain", "step_ms", "--point", packed.string() + ":7"});
  CHECK(explained.code == Exit::ok);
  const auto bytes = bytes_of(packed);
  folder.write("x.csv.zst", bytes.substr(0, bytes.size() - 5));
  CHECK(read_csv_file(packed).error()[0].what == "is cut off");
  folder.write("x.csv.zst", bytes_of(plain));
  CHECK(read_csv_file(packed).error()[0].what == "is not what zstd wrote, or was changed");
  CHECK(read_csv_row(packed, 1).error()[0].kind == ErrorKind::file);
}
