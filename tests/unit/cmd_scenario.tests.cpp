#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder with a scenario file of the given keys.
struct SavedScenario {
  test::TemporaryFolder folder{};
  std::string file{};

  explicit SavedScenario(const std::string& keys)
      : file{folder.write("s.json", R"({"schema": "roofcast/scenario/1", )" + keys + "}").string()} {}
};

const std::string kKeys = R"("model": "llama-3.1-8b", "hardware": "h100-sxm", "tp": 2, "isl": "8Ki", "osl": 1024)";

}  // namespace

TEST_CASE("estimate of a saved scenario is the estimate that saved it") {
  const test::TemporaryFolder folder;
  const auto file = (folder.path() / "s.json").string();
  const auto first = run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--tp", "2", "--isl", "8Ki", "--osl",
                          "1Ki", "--tpot", "40ms", "--json", "--save", file});
  CHECK(first.code == Exit::ok);
  const auto again = run({"estimate", "--scenario", file, "--json"});
  CHECK(again.code == Exit::ok);
  CHECK(again.out == first.out);
  CHECK(text_of(file).contains("\"isl\": \"8Ki\""));  // as it was typed
}

TEST_CASE("a flag wins over the scenario file, and drops what says the same in another way") {
  const SavedScenario s{kKeys + R"(, "batch": 4, "dp": 3)"};
  const auto json = [&](std::vector<std::string> more) {
    std::vector<std::string> args{"estimate", "--scenario", s.file, "--json"};
    args.insert(args.end(), more.begin(), more.end());
    const auto r = run(args);
    INFO(r.err);
    return nlohmann::json::parse(r.out);
  };
  const auto plain = json({});
  CHECK(plain["workload"]["isl_tokens"] == 8192);
  CHECK(plain["deployment"]["dp"] == 3);
  const auto other = json({"--context", "16Ki", "--gpus", "8", "--batch", "2"});
  CHECK(other["workload"]["isl_tokens"].is_null());
  CHECK(other["workload"]["context_tokens"] == 16384);
  CHECK(other["workload"]["batch"] == 2);
  CHECK(other["deployment"]["dp"] == 4);  // 8 / tp 2: the file's dp is not there to contradict
  CHECK(run({"estimate", "llama-3.1-70b", "--scenario", s.file, "--json"}).out.contains("\"id\": \"llama-3.1-70b\""));
}

TEST_CASE("a scenario file's problems name the file and the key, whoever finds them") {
  const SavedScenario typo{kKeys + R"(, "bach": 4)"};
  const auto unknown = run({"estimate", "--scenario", typo.file});
  CHECK(unknown.code == Exit::unsupported);
  CHECK(unknown.err == "roofcast: " + typo.file + ":/bach: unknown key (did you mean 'batch'?)\n");

  const SavedScenario name{R"("model": "llama-3.1-9b", "hardware": "h100-sxm", "context": 1024)"};
  const auto model = run({"estimate", "--scenario", name.file});
  CHECK(model.code == Exit::usage);
  CHECK(model.err.starts_with("roofcast: " + name.file + ":/model: 'llama-3.1-9b' is not a known model"));

  const SavedScenario heads{R"("model": "llama-3.1-8b", "hardware": "h100-sxm", "context": 1024, "tp": 3)"};
  CHECK(run({"estimate", "--scenario", heads.file}).err.starts_with("roofcast: " + heads.file + ":/tp: 3 does not"));
  CHECK(run({"estimate", "--scenario", heads.file, "--tp", "5"}).err.starts_with("roofcast: --tp: 5 does not"));
}

TEST_CASE("what neither the command line nor the scenario file says is missing") {
  const SavedScenario s{R"("tpot": "50ms")"};
  const auto r = run({"estimate", "--scenario", s.file});
  CHECK(r.code == Exit::usage);
  CHECK(r.err.starts_with("roofcast: MODEL: missing"));
  CHECK(run({"sweep", "llama-3.1-8b", "--scenario", s.file}).err.starts_with("roofcast: --hardware: missing"));
  const auto none = run({"estimate", "--scenario", s.file + ".not"});
  CHECK(none.code == Exit::file);
}

TEST_CASE("compare, sweep and explain take a scenario file as estimate does") {
  const SavedScenario s{kKeys + R"(, "batch": 4, "price": 2)"};
  const auto sweep = run({"sweep", "--scenario", s.file, "--tp", "1,2", "--csv"});
  const auto written = run({"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--tp", "1,2", "--isl", "8Ki", "--osl",
                            "1024", "--batch", "4", "--price", "2", "--csv"});
  CHECK(sweep.code == Exit::ok);
  CHECK(sweep.out == written.out);
  const auto paired = run({"sweep", "--scenario", s.file, "--zip", "isl,osl=1024:128,2048:128", "--csv"});
  CHECK(std::ranges::count(paired.out, '\n') == 3);  // a header and two: the file's isl and osl are not in the way
  CHECK(run({"compare", "--scenario", s.file, "--attention", "own,mqa"}).code == Exit::ok);
  const auto term = run({"explain", "step_ms", "--scenario", s.file, "--json"});
  CHECK(term.out == run({"explain", "step_ms", "--model", "llama-3.1-8b", "--hardware", "h100-sxm", "--tp", "2",
                         "--isl", "8Ki", "--osl", "1024", "--batch", "4", "--json"})
                        .out);
}

TEST_CASE("plan takes load, SLOs and price of a scenario file") {
  const SavedScenario s{kKeys + R"(, "tpot": "40ms", "batch": 4, "price": 2)"};
  const auto r = run({"plan", "--scenario", s.file, "--users", "8", "--csv"});
  INFO(r.err);
  CHECK(r.code == Exit::ok);
  CHECK(r.out == run({"plan", "llama-3.1-8b", "--hardware", "h100-sxm", "--isl", "8Ki", "--osl", "1024", "--tpot",
                      "40ms", "--users", "8", "--price", "2", "--csv"})
                     .out);
}

TEST_CASE("paths in a scenario file are relative to its folder") {
  const test::TemporaryFolder folder;
  const auto file = (folder.path() / "s.json").string();
  const auto first = run({"estimate", "tests/data/round_model.json", "--hardware", "tests/data/round_gpu.json",
                          "--context", "1000", "--save", file, "--json"});
  CHECK(first.code == Exit::ok);
  CHECK(text_of(file).contains("\"model\": \"../"));  // up from the folder to the working directory
  CHECK(text_of(file).contains("/tests/data/round_model.json\""));
  CHECK(run({"estimate", "--scenario", file, "--json"}).out == first.out);
}

TEST_CASE("a scenario is saved whole or not at all, and only when it can be answered") {
  const test::TemporaryFolder folder;
  const auto nowhere = (folder.path() / "none" / "s.json").string();
  const auto r = run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki", "--save", nowhere});
  CHECK(r.code == Exit::file);
  CHECK(r.out.empty());
  const auto file = (folder.path() / "s.json").string();
  CHECK(run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--save", file}).code == Exit::usage);
  CHECK_FALSE(std::filesystem::exists(file));
}
