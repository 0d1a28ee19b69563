#include <fstream>

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

/// Sweeps into `file` of `folder` and again from its manifest; both must be the same bytes.
void reproduces(const test::TemporaryFolder& folder, const std::string& file, std::vector<std::string> args) {
  const auto path = (folder / file).string(), again = (folder / ("again-" + file)).string();
  args.insert(args.begin(), "sweep");
  args.insert(args.end(), {"-q", "-o", path});
  CAPTURE(args);
  const auto first = run(args);
  INFO(first.err);
  REQUIRE(first.code == Exit::ok);
  const auto r = run({"sweep", "--rerun", path + ".manifest.json", "-o", again, "-j", "1"});
  CHECK_THAT(r.err, Catch::Contains(path + ".manifest.json: reproduced: the same rows, SHA-256 "));
  CHECK(r.code == Exit::ok);
  CHECK(read_text(again).value() == read_text(path).value());
  const auto then = json::parse(read_text(path + ".manifest.json").value());
  const auto now = json::parse(read_text(again + ".manifest.json").value());
  for (const auto* key : {"arguments", "plan_hash", "presets", "points", "shard"}) CHECK(now[key] == then[key]);
}

}  // namespace

TEST_CASE("sweep --rerun: whatever the flags were, the manifest's arguments give the same file") {
  const test::TemporaryFolder folder;
  const std::vector<std::string> plain{"llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki,2Ki"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), plain.begin(), plain.end());
    return more;
  };
  reproduces(folder, "plain.csv", plain);
  reproduces(folder, "packed.csv.zst", with({"--batch", "1..40"}));
  reproduces(folder, "rows.json", with({"--batch", "1..3", "--json"}));
  reproduces(folder, "shard.csv", with({"--batch", "1..9", "--shard", "2/3"}));
  reproduces(folder, "kept.csv", with({"--batch", "1..9", "--keep", "pareto", "--per", "none"}));
  reproduces(folder, "models.csv",
             with({"qwen3-8b", "--tp", "1,2", "--where", "tp * batch <= 4", "--batch", "1..4", "--tpot", "30ms",
                   "--kv-dtype", "auto,fp8"}));
  reproduces(
      folder, "zip.csv",
      {"llama-3.1-8b", "--hardware", "h100-sxm", "--zip", "isl,osl=1024:128,8192:1024", "--zip", "tp,pp=1:2,2:1"});
}

TEST_CASE("sweep --rerun: a model in a folder whose name has a comma and a blank") {
  const test::TemporaryFolder folder;
  const auto model = folder.path() / "a, b.json";
  std::filesystem::copy_file("tests/data/round_model.json", model);
  reproduces(folder, "x.csv",
             {model.string(), "--hardware", "tests/data/round_gpu.json", "--context", "1000", "--batch", "1,10"});
}

TEST_CASE("sweep --rerun: rows that are not the same are an answer, and what has changed is named") {
  const test::TemporaryFolder folder;
  const auto model = (folder / "m.json").string(), file = (folder / "x.csv").string();
  const auto text = read_text("tests/data/round_model.json").value();
  folder.write("m.json", text);
  REQUIRE(
      run({"sweep", model, "--hardware", "tests/data/round_gpu.json", "--context", "1000", "-q", "-o", file}).code ==
      Exit::ok);
  auto other = text;
  other.replace(text.find("9000"), 4, "8000");  // a narrower FFN
  folder.write("m.json", other);
  const auto r = run({"sweep", "--rerun", file + ".manifest.json", "-o", "/dev/null"});
  INFO(r.err);
  CHECK(r.code == Exit::no);
  CHECK_THAT(r.err, Catch::Contains("note: " + file + ".manifest.json: model/") &&
                        Catch::Contains(" is not what it was") &&
                        Catch::Contains(": not reproduced: the SHA-256 of the rows is "));
}

TEST_CASE("sweep --rerun: what the manifest says is not said again, and a CSV is no manifest") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "x.csv").string();
  REQUIRE(run({"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki", "-q", "-o", file}).code ==
          Exit::ok);
  const auto r = run({"sweep", "qwen3-8b", "--rerun", file + ".manifest.json", "--batch", "4"});
  CHECK(r.code == Exit::usage);
  CHECK_THAT(r.err, Catch::Contains("'qwen3-8b': is taken from the manifest") &&
                        Catch::Contains("--batch: is taken from the manifest"));
  const auto csv = run({"sweep", "--rerun", file});
  CHECK(csv.code == Exit::usage);
  CHECK(csv.err == "roofcast: --rerun: '" + file + "' is no manifest (did you mean '" + file + ".manifest.json'?)\n");
  CHECK(run({"sweep", "--rerun", (folder / "none.json").string()}).code == Exit::file);
  const auto needed = run({"sweep"});
  CHECK(needed.code == Exit::usage);
  CHECK_THAT(needed.err, Catch::Contains("MODEL: missing") && Catch::Contains("--hardware: missing"));
}
