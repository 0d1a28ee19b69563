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

ProgramRun sweep_of(std::vector<std::string> more) {
  std::vector<std::string> args{"sweep", "llama-3.1-8b", "--hardware", "h100-sxm",  "--tp",
                                "1,2",   "--batch",      "1..8",       "--context", "1Ki,8Ki"};
  args.insert(args.end(), more.begin(), more.end());
  return run(args);
}

}  // namespace

TEST_CASE("sweep --keep: JSON and CSV keep the same rows, under the numbers that they have in the whole sweep") {
  const auto all = json::parse(sweep_of({"--json"}).out);
  const auto best = json::parse(sweep_of({"--keep", "best:tokens_s_gpu", "--json"}).out);
  REQUIRE(best.size() == 2);  // one a context
  for (const auto& row : best) CHECK(row == all[row["point"].get<std::size_t>()]);
  // Batch 8 has the most throughput, one GPU the most of it per GPU: points 15 = (tp 1, 8Ki, batch 8) and 7.
  CHECK(best[0]["point"] == 7);
  CHECK(best[1]["point"] == 15);
  const auto csv = sweep_of({"--keep", "best:tokens_s_gpu"}).out;
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
  CHECK_THAT(csv, Catch::Contains("\n1,7,") && Catch::Contains("\n1,15,"));
}

TEST_CASE("sweep --keep: points of different loads do not compete, those of different drafts do") {
  // Two contexts times two shares of cached prompts; the best of either number of drafts is one row.
  const auto kept = [](std::vector<std::string> more) {
    more.insert(more.end(), {"--keep", "best:tokens_s_gpu", "--json"});
    const auto r = sweep_of(more);
    INFO(r.err);
    REQUIRE(r.code == Exit::ok);
    return json::parse(r.out).size();
  };
  CHECK(kept({"--prefix-hit", "0,50%"}) == 4);
  CHECK(kept({"--draft-tokens", "1,2", "--acceptance", "0.5"}) == 2);
  CHECK(kept({"--draft-tokens", "1,2", "--acceptance", "0.5", "--per", "draft_tokens"}) == 2);
  CHECK(kept({"--prefix-hit", "0,50%", "--per", "prefix_hit"}) == 2);
  CHECK(kept({"--prefix-hit", "0,50%", "--per", "none"}) == 1);
}

TEST_CASE("sweep --keep all: as without it") {
  CHECK(sweep_of({"--keep", "all"}).out == sweep_of({}).out);
}

TEST_CASE("sweep --keep: what is no column with a best is refused with the nearest that is one") {
  const auto refused = [](std::vector<std::string> more, const std::string& text) {
    const auto r = sweep_of(std::move(more));
    CHECK(r.code == Exit::usage);
    CHECK_THAT(r.err, Catch::Contains(text));
    CHECK(r.out.empty());
  };
  refused({"--keep", "best:tokens_gpu"}, "did you mean 'tokens_s_gpu'?");
  refused({"--keep", "best:bound"}, "'best:bound': 'bound' is no column with a best, expected tokens_s_user, ");
  refused({"--keep", "paretto"}, "--keep: 'paretto' is not all, pareto or best:COLUMN (did you mean 'pareto'?)");
  refused({"--keep", "pareto", "--per", "hardwear"}, "did you mean 'hardware'?");
  refused({"--keep", "pareto", "--per", ""}, "--per");
  refused({"--per", "hardware"}, "--per: says nothing of --keep all");
}

TEST_CASE("sweep --keep: nothing to keep is an answer, but not of one shard of several") {
  const std::vector<std::string> slow{"--keep", "pareto", "--tpot", "1us"};
  const auto r = sweep_of(slow);
  CHECK(r.code == Exit::no);
  CHECK_THAT(r.err, Catch::Contains("--keep: no point has status ok and a figure to compare"));
  auto shard = slow;
  shard.insert(shard.end(), {"--shard", "1/2"});
  CHECK(sweep_of(shard).code == Exit::ok);
}

TEST_CASE("sweep --keep: into a file, over shards and merged, and with --resume") {
  const test::TemporaryFolder folder;
  const auto path = [&](const char* name) { return (folder / name).string(); };
  const std::vector<std::string> keep{"--keep", "pareto", "--per", "context_tokens", "-q", "-o"};
  const auto into = [&](const char* name, std::vector<std::string> more) {
    auto args = keep;
    args.push_back(path(name));
    args.insert(args.end(), more.begin(), more.end());
    const auto r = sweep_of(args);
    INFO(r.err);
    CHECK(r.code == Exit::ok);
  };
  into("whole.csv", {});
  into("s1.csv.zst", {"--shard", "1/2"});
  into("s2.csv", {"--shard", "2/2", "--resume"});
  REQUIRE(run({"merge", path("s1.csv.zst"), path("s2.csv"), "-o", path("all.csv")}).code == Exit::ok);
  CHECK(read_text(path("all.csv")).value() == read_text(path("whole.csv")).value());
  const auto manifest = json::parse(read_text(path("all.csv.manifest.json")).value());
  CHECK(manifest["arguments"]["keep"] == "pareto");
  CHECK(manifest["arguments"]["per"] == "context_tokens");
  CHECK_THAT(sweep_of({"--keep", "pareto", "--per", "context_tokens", "--resume", "-o", path("whole.csv")}).err,
             Catch::Contains("already complete"));
  // Shards of another --keep are of another sweep.
  CHECK(sweep_of({"--keep", "best:batch", "--shard", "2/2", "-q", "-o", path("s2.csv")}).code == Exit::ok);
  CHECK_THAT(run({"merge", path("s1.csv.zst"), path("s2.csv"), "-o", path("all.csv")}).err,
             Catch::Contains("of another sweep"));
}
