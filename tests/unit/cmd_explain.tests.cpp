#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/glossary.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

bool contains(const std::string& text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

/// A sweep of four points: two batches at two lengths.
std::filesystem::path sweep_file(const test::TemporaryFolder& folder) {
  const auto file = folder / "out.csv";
  const auto r =
      run({"sweep", "llama-3.1-8b", "--hardware", "h100-sxm", "--batch", "4,8", "--context", "8Ki,32Ki", "--attention",
           "mqa", "--weight-dtype", "fp8", "--kv-dtype", "fp8", "--quiet", "-o", file.string()});
  REQUIRE(r.code == Exit::ok);
  return file;
}

}  // namespace

TEST_CASE("explain: alone it lists every term") {
  const auto r = run({"explain"});
  CHECK(r.code == Exit::ok);
  for (const auto& term : glossary()) CHECK(contains(r.out, term.name));
}

TEST_CASE("explain: a term without numbers says which flags bring them") {
  CHECK(contains(run({"explain", "kv_bytes_per_token"}).out, "add --model MODEL to put numbers in"));
  CHECK(contains(run({"explain", "kv_pool"}).out, "add --model MODEL --hardware H --context C to put numbers in"));
}

TEST_CASE("explain: formula, numbers, result, derivation and source") {
  const auto out = run({"explain", "kv_bytes_per_token", "--model", "llama-3.1-8b"}).out;
  CHECK(contains(out, "  formula  sum over layers of KV heads x (K dim + V dim) x bytes per element"));
  CHECK(contains(out, "  numbers  32 full layers x 8 KV heads x (128 + 128) x 2 B (bf16) = 131,072 B\n"));
  CHECK(contains(out, "  result   131,072 B (exact)\n"));
  CHECK(contains(out, "  derived  docs/model/attention.md (A7)\n"));
  CHECK(contains(out, "  source   "));
}

TEST_CASE("explain: the KV format counts") {
  CHECK(contains(run({"explain", "kv_bytes_per_token", "--model", "llama-3.1-8b", "--kv-dtype", "fp8"}).out,
                 "= 65,536 B"));
}

TEST_CASE("explain: what a term still needs is asked for, all at once") {
  const auto r = run({"explain", "kv_pool", "--model", "llama-3.1-8b"});
  CHECK(r.code == Exit::usage);
  CHECK(r.err ==
        "roofcast: --hardware: missing: kv_pool needs it (e.g. --hardware h100-sxm)\n"
        "roofcast: --context: missing: kv_pool needs it (or --isl and --osl)\n");
}

TEST_CASE("explain: an unknown term is answered with the nearest one") {
  const auto r = run({"explain", "kv_bytes_per_tokn"});
  CHECK(r.code == Exit::usage);
  CHECK(r.err == "roofcast: explain: 'kv_bytes_per_tokn' is not a term (did you mean 'kv_bytes_per_token'?)\n");
}

TEST_CASE("explain: JSON has the same parts") {
  const auto j = nlohmann::json::parse(run({"explain", "kv_bytes_per_token", "--model", "llama-3.1-8b", "--json"}).out);
  CHECK(j["term"] == "kv_bytes_per_token");
  CHECK(j["result"] == "131,072 B");
  CHECK(j["numbers"].size() == 1);
  CHECK(nlohmann::json::parse(run({"explain", "kv_pool", "--json"}).out)["result"].is_null());
  CHECK(nlohmann::json::parse(run({"explain", "--json"}).out)["terms"].size() == glossary().size());
}

TEST_CASE("explain --point: a row of a sweep is computed again and gives the same figures") {
  const test::TemporaryFolder folder;
  const auto file = sweep_file(folder).string();
  for (const auto* row : {"1", "2", "3", "4"}) {
    const auto r = run({"explain", "--point", file + ":" + row});
    CHECK(r.code == Exit::ok);
    CHECK(contains(r.out, "step_ms\n"));
    CHECK(contains(r.out, "computed again, every figure is"));
  }
  // 32 layers x 1 head x 256 x 1 B
  CHECK(contains(run({"explain", "kv_bytes_per_token", "--point", file + ":1"}).out, "result   8,192 B (exact)"));
}

TEST_CASE("explain --point: figures that differ are listed, and the exit code is 1") {
  const test::TemporaryFolder folder;
  const auto file = sweep_file(folder).string();
  const auto r = run({"explain", "--point", file + ":1", "--memory-utilization", "0.5"});
  CHECK(r.code == Exit::no);
  CHECK(contains(r.out, "max_batch_memory"));
}

TEST_CASE("explain --point: a file or row that is not there, and a file that is no sweep") {
  const test::TemporaryFolder folder;
  const auto file = sweep_file(folder).string();
  CHECK(run({"explain", "--point", "nowhere.csv:1"}).code == Exit::file);
  CHECK(run({"explain", "--point", file}).err ==
        "roofcast: --point: '" + file + "': expected FILE:ROW (row 1 is the first below the header)\n");
  const auto fifth = run({"explain", "--point", file + ":5"});
  CHECK(fifth.code == Exit::usage);
  CHECK(contains(fifth.err, "the file has 4 rows"));
  const auto other = run({"explain", "--point", folder.write("x.csv", "a,b\n1,2\n").string() + ":1"});
  CHECK(other.code == Exit::unsupported);
  CHECK(contains(other.err, ":model: is missing: this is no sweep file"));
}
