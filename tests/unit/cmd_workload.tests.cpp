#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/csv_rows.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// An estimate of Llama-3.1-8B on one H100 under datasheet roofs, with more flags.
ProgramRun estimated(std::vector<std::string> more, int columns = 80) {
  std::vector<std::string> args{"estimate", "llama-3.1-8b", "--calibration", "none"};
  if (std::ranges::find(more, "--hardware") == more.end()) args.insert(args.end(), {"--hardware", "h100-sxm"});
  args.insert(args.end(), more.begin(), more.end());
  return run(args, columns);
}

ProgramRun served(std::vector<std::string> more, int columns = 200) {
  more.insert(more.end(), {"--isl", "2000", "--osl", "500"});
  return estimated(std::move(more), columns);
}

}  // namespace

TEST_CASE("estimate --rps says how busy it gets and how long requests wait", "[cli][workload]") {
  const auto calm = served({"--rps", "2"});
  CHECK(calm.code == cli::Exit::ok);
  CHECK_THAT(calm.out, Catch::Contains("Under 2 requests/s") && Catch::Contains("TTFT, 90% of requests") &&
                           Catch::Contains("Poisson"));
  const auto flooded = served({"--rps", "5000"});
  CHECK(flooded.code == cli::Exit::no);
  CHECK_THAT(flooded.out, Catch::StartsWith("NO: 5,000 requests/s overload"));
  CHECK_THAT(served({"--rps", "2", "--json"}).out, Catch::Contains("\"utilisation\""));
  CHECK_THAT(served({"--rps", "0"}).err, Catch::Contains("--rps"));
  CHECK(served({"--rps", "0"}).code == cli::Exit::usage);
  CHECK_THAT(estimated({"--context", "4096", "--rps", "1"}).err, Catch::Contains("--isl I and --osl O"));
}

TEST_CASE("estimate takes lengths as a law or as a histogram", "[cli][workload]") {
  const auto law = estimated({"--isl", "lognormal:mean=2000,sigma=0.8", "--osl", "500"});
  CHECK(law.code == cli::Exit::ok);
  CHECK_THAT(law.out, Catch::Contains("prompts follow lognormal:mean=2000,sigma=0.8"));
  CHECK_THAT(estimated({"--isl", "normal:mean=1", "--osl", "5"}).err, Catch::Contains("lognormal:mean=TOKENS,sigma=S"));

  const test::TemporaryFolder folder;
  const auto file = folder.write("isl.csv", "tokens,count\n1000,3\n3000,1\n").string();
  const auto counted = estimated({"--isl-histogram", file, "--osl", "500"});
  CHECK(counted.code == cli::Exit::ok);
  CHECK_THAT(counted.out, Catch::Contains("1,500"));
  CHECK_THAT(estimated({"--isl-histogram", file, "--isl", "5", "--osl", "500"}).err, Catch::Contains("excludes --isl"));
  CHECK(estimated({"--isl-histogram", "missing.csv", "--osl", "500"}).code == cli::Exit::file);
}

TEST_CASE("estimate tells of cached prefixes and drafts", "[cli][workload]") {
  CHECK_THAT(served({"--prefix-hit", "60%"}).out, Catch::Contains("60% of a prompt is found in the cache"));
  CHECK(served({"--prefix-hit", "160%"}).code == cli::Exit::usage);
  const auto drafts = served({"--draft-tokens", "3", "--acceptance", "50%"});
  CHECK_THAT(drafts.out, Catch::Contains("1.88 tokens per step"));
  const auto model = served({"--draft-tokens", "3", "--acceptance", "50%", "--draft-model", "llama-3.2-1b"});
  CHECK_THAT(model.out, Catch::Contains("draft_model") && Catch::Contains("drafts: weights and share"));
  CHECK_THAT(served({"--draft-tokens", "3"}).err, Catch::Contains("--acceptance: missing"));
  CHECK_THAT(served({"--acceptance", "0.5"}).err, Catch::Contains("needs --draft-tokens"));
}

TEST_CASE("estimate --disaggregate counts both pools", "[cli][workload]") {
  const auto apart = served({"--disaggregate", "1:3", "--batch", "16"});
  CHECK_THAT(apart.out, Catch::Contains("4x H100 SXM5 (dp 3, prefill 1)"));
  CHECK_THAT(served({"--disaggregate", "1"}).err, Catch::Contains("expected P:D"));
  CHECK_THAT(served({"--disaggregate", "1:2", "--gpus", "8"}).err, Catch::Contains("excludes --gpus"));
  CHECK_THAT(estimated({"--context", "4096", "--disaggregate", "1:1"}).err,
             Catch::Contains("needs prompts and answers"));
}

TEST_CASE("systems are hardware by name and by count", "[cli][workload]") {
  const auto unit = served({"--hardware", "8xh100-sxm", "--tp", "8"});
  CHECK_THAT(unit.out, Catch::Contains("8x H100 SXM5 has 8 devices, 8 in use"));
  const auto two = served({"--hardware", "dgx-h100", "--tp", "8", "--pp", "2"});
  CHECK_THAT(two.out, Catch::Contains("16 devices are 2 units of DGX H100"));
  CHECK_THAT(served({"--hardware", "dgx-h10"}).err, Catch::Contains("did you mean"));
  CHECK_THAT(run({"hardware", "list", "--search", "nvl72"}).out, Catch::Contains("gb200-nvl72"));
  CHECK_THAT(run({"hardware", "show", "dgx-h200"}).out, Catch::Contains("InfiniBand NDR"));
}

TEST_CASE("attention data parallelism keeps one copy of an MLA latent", "[cli][workload]") {
  const std::vector<std::string> base{"estimate",       "deepseek-v3", "--hardware",    "dgx-h200",
                                      "--tp",           "8",           "--context",     "32Ki",
                                      "--weight-dtype", "fp8",         "--calibration", "none"};
  auto split = base;
  split.insert(split.end(), {"--attention-dp", "8"});
  const auto plain = run(base), apart = run(split);
  CHECK_THAT(apart.out, Catch::Contains("8x H200 SXM") && Catch::Contains("ep 8, dp 8"));
  CHECK_THAT(apart.out, Catch::Contains("experts' ranks and back"));
  CHECK(plain.code == cli::Exit::ok);
  auto wrong = base;
  wrong.insert(wrong.end(), {"--attention-dp", "3"});
  CHECK_THAT(run(wrong).err, Catch::Contains("3 does not divide --tp 8"));
}

TEST_CASE("sweeps multiply rates, hits and drafts, and explain computes their rows again", "[cli][workload]") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "out.csv").string();
  const auto swept =
      run({"sweep",         "llama-3.1-8b", "--hardware",   "dgx-h100", "--isl",          "2000", "--osl",        "500",
           "--rps",         "1,4,4000",     "--prefix-hit", "0,50%",    "--draft-tokens", "0,3",  "--acceptance", "60%",
           "--calibration", "none",         "-o",           file});
  REQUIRE(swept.code == cli::Exit::ok);
  for (const char* row : {"1", "2", "6", "12"}) {
    const auto again = run({"explain", "--point", file + ":" + row, "--calibration", "none"});
    CAPTURE(row, again.out, again.err);
    CHECK(again.code == cli::Exit::ok);
    CHECK_FALSE(again.err.find("differ") != std::string::npos);
  }
}

TEST_CASE("sweeps multiply attention groups and pools, each row as estimate has it", "[cli][workload]") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "out.csv").string();
  const std::vector<std::string> deployed{"deepseek-v3", "--hardware",    "dgx-h200", "--isl", "2000",
                                          "--osl",       "500",           "--batch",  "4",     "--weight-dtype",
                                          "fp8",         "--calibration", "none"};
  std::vector<std::string> args{"sweep",   "--tp", "8", "--attention-dp", "1,3,8", "--disaggregate",
                                "1:1,2:3", "-o",   file};
  args.insert(args.begin() + 1, deployed.begin(), deployed.end());
  REQUIRE(run(args).code == cli::Exit::ok);
  const auto rows = csv_rows(file);
  REQUIRE(rows.size() == 6);  // pools slowest, then 1, 3, 8 groups
  // 8 ranks as 8 groups of one: 3 pools that decode are 24 replicas, 2 that read are 16; experts lie on all 8 ranks.
  CHECK(rows[5].at("tp") == "1");
  CHECK(rows[5].at("dp") == "24");
  CHECK(rows[5].at("ep") == "8");
  CHECK(rows[5].at("prefill_replicas") == "16");
  CHECK(rows[5].at("gpus") == "40");  // 1 x (24 + 16)
  CHECK(rows[1].at("status") == "unsupported");
  CHECK(rows[1].at("reason") == "--attention-dp 3 does not divide --tp 8");

  const auto again = run({"explain", "--point", file + ":6", "--calibration", "none"});
  CHECK(again.code == cli::Exit::ok);
  args = {"estimate", "--tp", "8", "--attention-dp", "8", "--disaggregate", "2:3", "--csv"};
  args.insert(args.begin() + 1, deployed.begin(), deployed.end());
  CHECK_THAT(run(args).out, Catch::Contains(rows[5].at("tokens_s_gpu")));
}

TEST_CASE("a sweep has one law of lengths, whose mean its column shows", "[cli][workload]") {
  const test::TemporaryFolder folder;
  const auto counts = folder.write("osl.csv", "tokens,count\n100,1\n500,1\n").string();
  const auto file = (folder / "out.csv").string();
  const std::vector<std::string> laws{"--isl", "lognormal:mean=2000,sigma=0.8", "--osl-histogram", counts};
  std::vector<std::string> args{"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--batch", "1,8", "-o", file};
  args.insert(args.end(), laws.begin(), laws.end());
  REQUIRE(run(args).code == cli::Exit::ok);
  const auto rows = csv_rows(file);
  CHECK(rows[1].at("isl_tokens") == "2000");
  CHECK(rows[1].at("osl_tokens") == "300");  // (100 + 500) / 2

  std::vector<std::string> again{"explain", "--point", file + ":2"};
  CHECK(run(again).code == cli::Exit::no);  // equal lengths are other figures
  again.insert(again.end(), laws.begin(), laws.end());
  CHECK(run(again).code == cli::Exit::ok);
  CHECK(run({"sweep", "--rerun", file + ".manifest.json", "-o", "/dev/null"}).code == cli::Exit::ok);
  folder.write("osl.csv", "tokens,count\n100,1\n700,1\n");
  CHECK_THAT(run({"sweep", "--rerun", file + ".manifest.json", "-o", "/dev/null"}).err,
             Catch::Contains("lengths/osl is not what it was"));
}

TEST_CASE("what a sweep cannot pair or vary is said in a line", "[cli][workload]") {
  const auto refused = [](std::vector<std::string> more) {
    std::vector<std::string> args{"sweep", "llama-3.1-8b", "--hardware", "h100-sxm"};
    args.insert(args.end(), more.begin(), more.end());
    const auto r = run(args);
    CHECK(r.code == cli::Exit::usage);
    CHECK(r.out.empty());
    return r.err;
  };
  CHECK_THAT(refused({"--isl", "2000", "--osl", "500", "--dp", "2", "--disaggregate", "1:1"}),
             Catch::Contains("--disaggregate: excludes --dp"));
  CHECK_THAT(refused({"--isl", "2000", "--osl", "500", "--disaggregate", "1"}), Catch::Contains("expected P:D"));
  CHECK_THAT(refused({"--context", "2000", "--disaggregate", "1:1"}), Catch::Contains("needs prompts and answers"));
  const auto mixed = refused({"--isl", "1000,lognormal:mean=2000,sigma=0.8", "--osl", "5"});
  CHECK_THAT(mixed, Catch::Contains("--isl: '1000,lognormal:mean=2000,sigma=0.8': expected lengths, or one law"));
  CHECK(std::ranges::count(mixed, '\n') == 1);
  CHECK_THAT(refused({"--isl", "5", "--isl-histogram", "x.csv", "--osl", "5"}), Catch::Contains("excludes --isl"));
}

TEST_CASE("estimate and sweep overlap what replicas exchange that share experts, and nothing else", "[cli][workload]") {
  const std::vector<std::string> base{"deepseek-v3", "--hardware",    "dgx-h200", "--tp",      "8",
                                      "--context",   "8Ki",           "--batch",  "16",        "--weight-dtype",
                                      "fp8",         "--calibration", "none",     "--overlap", "two-batch"};
  const auto asked = [&](std::vector<std::string> args, const std::vector<std::string>& more) {
    args.insert(args.end(), base.begin(), base.end());
    args.insert(args.end(), more.begin(), more.end());
    return run(args);
  };
  const auto shared = asked({"estimate"}, {"--attention-dp", "8"});
  CHECK(shared.code == cli::Exit::ok);
  CHECK_THAT(shared.out, Catch::Contains("two halves of the batch take turns"));
  const auto alone = asked({"estimate"}, {});
  CHECK(alone.code == cli::Exit::usage);
  CHECK_THAT(alone.err, Catch::Contains("--overlap: two-batch hides what replicas exchange"));
  const auto swept = asked({"sweep"}, {"--attention-dp", "1,8"});
  CHECK(swept.code == cli::Exit::ok);
  CHECK_THAT(swept.out, Catch::Contains(",unsupported,") && Catch::Contains(",ok,"));
}

TEST_CASE("a unit of which one device is used says so beside the answer", "[cli][workload]") {
  const auto one = estimated({"--hardware", "8xh100-sxm", "--context", "4Ki"});
  CHECK_THAT(one.err, Catch::Contains("note: --hardware: 1 of 8 devices of 8x H100 SXM5 is used, --tp or"));
  CHECK(estimated({"--hardware", "8xh100-sxm", "--context", "4Ki", "--tp", "8"}).err.empty());
  CHECK(estimated({"--context", "4Ki"}).err.empty());
}
