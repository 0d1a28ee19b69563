#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "hwmodels/text_file.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
namespace fs = std::filesystem;

namespace {

/// Models and devices that no preset knows: a config.json, its folder, a GGUF, two profiles.
struct Files {
  test::TemporaryFolder folder{};
  std::vector<std::string> sweep{};

  Files() {
    fs::create_directory(folder / "checkpoint");
    fs::copy_file("tests/data/tiny_llama_config.json", folder / "checkpoint/config.json");
    const auto gguf = test::dense_gguf({.layers = 3});
    folder.write("m.gguf", gguf.header(), gguf.file_bytes());
    auto other = read_text("tests/data/round_gpu.json").value();
    other.replace(other.find("round-gpu"), 9, "other-gpu");
    other.replace(other.find("1 TB/s"), 6, "2 TB/s");
    folder.write("other.json", other);
    sweep = {"sweep",
             path("checkpoint"),
             path("checkpoint/config.json"),
             path("m.gguf"),
             "--hardware",
             "tests/data/round_gpu.json," + path("other.json"),
             "--batch",
             "1..5",
             "--context",
             "100,1000",
             "-q"};
  }
  [[nodiscard]] std::string path(const char* name) const { return (folder / name).string(); }
  [[nodiscard]] std::string text(const char* name) const { return read_text(path(name)).value(); }

  void into(const char* name, std::vector<std::string> more = {}) const {
    auto args = sweep;
    args.insert(args.end(), {"-o", path(name)});
    args.insert(args.end(), more.begin(), more.end());
    const auto r = run(args);
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
  }
};

}  // namespace

TEST_CASE("sweep: models and devices by path have a row per point, and shards of them merge") {
  const Files f;
  f.into("whole.csv");
  const auto whole = f.text("whole.csv");
  CHECK(std::count(whole.begin(), whole.end(), '\n') == 1 + 3 * 2 * 5 * 2);  // models x devices x batches x contexts
  CHECK_THAT(whole, Catch::Contains(",round-gpu,") && Catch::Contains(",other-gpu,"));
  for (const auto* i : {"1", "2", "3"})
    f.into((std::string("s") + i + ".csv").c_str(), {"--shard", std::string(i) + "/3"});
  REQUIRE(run({"merge", f.path("s1.csv"), f.path("s2.csv"), f.path("s3.csv"), "-o", f.path("all.csv")}).code ==
          Exit::ok);
  CHECK(f.text("all.csv") == whole);
}

TEST_CASE("sweep --resume: of models and devices by path, a profile that was edited is another sweep") {
  const Files f;
  f.into("whole.csv");
  const auto whole = f.text("whole.csv");
  fs::create_directories(f.path("x.csv.manifest.json"));  // cannot be replaced: the plan stays
  auto args = f.sweep;
  args.insert(args.end(), {"-o", f.path("x.csv")});
  CHECK(run(args).code == Exit::file);
  fs::remove(f.path("x.csv.manifest.json"));
  fs::remove(f.path("x.csv"));
  f.folder.write("x.csv.partial", whole.substr(0, whole.size() / 2));
  f.into("x.csv", {"--resume"});
  CHECK(f.text("x.csv") == whole);

  const auto written = fs::last_write_time(f.path("x.csv"));
  f.into("x.csv", {"--resume"});
  CHECK(fs::last_write_time(f.path("x.csv")) == written);
  auto edited = f.text("other.json");
  edited.replace(edited.find("2 TB/s"), 6, "3 TB/s");
  f.folder.write("other.json", edited);
  f.into("x.csv", {"--resume"});
  CHECK(f.text("x.csv") != whole);  // was not taken for complete
}

TEST_CASE("sweep: of two devices with one name the plan knows both") {
  const Files f;
  auto twin = f.text("other.json");
  f.folder.write("twin.json", twin);
  const auto plan = [&] {
    REQUIRE(run({"sweep", f.path("m.gguf"), "--hardware", f.path("twin.json") + "," + f.path("other.json"), "--context",
                 "100", "-q", "-o", f.path("x.csv")})
                .code == Exit::ok);
    const auto manifest = f.text("x.csv.manifest.json");
    const auto at = manifest.find("\"plan_hash\"");
    return manifest.substr(at, manifest.find('\n', at) - at);
  };
  const auto before = plan();
  twin.replace(twin.find("2 TB/s"), 6, "3 TB/s");
  f.folder.write("twin.json", twin);
  CHECK(plan() != before);
}
