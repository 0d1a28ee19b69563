#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program_run.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using nlohmann::json;

namespace {

ProgramRun sweep_of(std::vector<std::string> more) {
  std::vector<std::string> args{"sweep", "llama-3.1-8b", "--hardware", "h100-sxm"};
  args.insert(args.end(), more.begin(), more.end());
  return run(args);
}

/// The rows of a sweep of few points.
json rows_of(std::vector<std::string> more) {
  more.emplace_back("--json");
  const auto r = sweep_of(std::move(more));
  INFO(r.err);
  REQUIRE(r.code == Exit::ok);
  return json::parse(r.out);
}

}  // namespace

TEST_CASE("sweep: columns of inputs hold the input where gpus make no whole replicas") {
  const auto row = rows_of({"--gpus", "6", "--tp", "4", "--context", "1Ki", "--attention", "mqa"})[0];
  CHECK(row["status"] == "unsupported");
  CHECK(row["gpus"] == 6);
  CHECK(row["tp"] == 4);
  CHECK(row["dp"].is_null());  // 6 / 4 replicas
  CHECK(row["attention"] == "mqa");
  CHECK(row["reason"] == "--gpus 6 is not a multiple of tp x pp = 4");
}

TEST_CASE("sweep: more devices than 64 bits of products could be trusted with are unsupported, never a crash") {
  const auto row = rows_of({"--gpus", "8", "--tp", "65536", "--pp", "65536", "--context", "1Ki"})[0];
  CHECK(row["status"] == "unsupported");
  CHECK(row["reason"] == "--gpus 8 is not a multiple of tp x pp = 4294967296");  // 65536^2
  const auto all = rows_of({"--tp", "65536", "--pp", "65536", "--dp", "65536", "--context", "1Ki"})[0];
  CHECK(all["gpus"] == 281474976710656);  // 65536^3
  CHECK(all["reason"] == "--tp tp x pp x dp = 281474976710656 devices: at most 65536");
}

TEST_CASE("sweep: counts are bounded as those of estimate") {
  for (const auto* flag : {"--tp", "--pp", "--ep", "--dp", "--dcp", "--gpus", "--batch", "--block-size"}) {
    CAPTURE(flag);
    for (const auto* command : {"sweep", "estimate"}) {
      const auto r = run({command, "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki", flag, "5000000000"});
      CHECK(r.code == Exit::usage);
      CHECK_THAT(r.err, Catch::Contains("5000000000"));
    }
  }
  CHECK(sweep_of({"--context", "1Ki", "--zip", "tp,pp=1:5000000000"}).code == Exit::usage);
}

TEST_CASE("sweep: flags that all points share are read as estimate reads them") {
  for (const auto& [flag, value] :
       {std::pair{"--memory", "0GiB"}, {"--price", "0"}, {"--memory-utilization", "0"}, {"--tpot", "0ms"}}) {
    CAPTURE(flag);
    CHECK(sweep_of({"--context", "1Ki", flag, value}).code == Exit::usage);
    CHECK(run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki", flag, value}).code ==
          Exit::usage);
  }
  const auto rows = rows_of({"--context", "1Ki", "--kv-dtype", "auto,fp8", "--weight-dtype", "auto", "--batch", "1"});
  CHECK(rows.size() == 2);
  CHECK(rows[0]["kv_dtype"] == "bf16");
  CHECK(rows[1]["kv_dtype"] == "fp8");
  CHECK(rows[0]["weight_dtype"] == "bf16");
}

TEST_CASE("sweep: points are counted before they are listed, and more than 100 M ask for --yes") {
  const auto r = sweep_of({"--isl", "1..1000000", "--osl", "1..1000000", "--batch", "1"});
  CHECK(r.code == Exit::usage);
  CHECK(r.err == "roofcast: --yes: needed for 1,000,000,000,000 points\n");
  CHECK(sweep_of({"--tp", "1..10000", "--pp", "1..10000", "--dp", "1..10000", "--context", "1Ki"}).code == Exit::usage);
  const auto endless = sweep_of({"--isl", "1..1000000000", "--osl", "1..1000000000", "--batch", "1", "--yes"});
  CHECK(endless.code == Exit::usage);
  CHECK_THAT(endless.err, Catch::Contains("more than 9,007,199,254,740,992 points"));  // 2^53
}

TEST_CASE("sweep: a product of axes has each of its points once, the last axis fastest") {
  const auto rows = rows_of({"--isl", "10,20", "--osl", "1..3", "--batch", "1", "--tp", "1,2"});
  REQUIRE(rows.size() == 12);
  for (std::size_t i = 0; i < 12; ++i) {
    CHECK(rows[i]["tp"] == 1 + i / 6);
    CHECK(rows[i]["isl_tokens"] == 10 * (1 + i / 3 % 2));
    CHECK(rows[i]["osl_tokens"] == 1 + i % 3);
  }
}

TEST_CASE("sweep: without --batch the batch is the one that estimate answers with, SLOs kept") {
  for (const auto* tpot : {"15ms", "40ms", "1ms"}) {  // holds back, leaves memory to, is missed even by one
    CAPTURE(tpot);
    const auto row = rows_of({"--context", "8Ki", "--tpot", tpot})[0];
    const auto e = json::parse(
        run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "8Ki", "--tpot", tpot, "--json"}).out);
    CHECK(row["batch"] == e["workload"]["batch"]);
    CHECK(row["status"] == (e["limits"]["meets_slo"] == true ? "ok" : "slo"));
  }
  CHECK(rows_of({"--context", "8Ki", "--tpot", "1ms"})[0]["batch"] == 1);
}

TEST_CASE("sweep: rows that hold nothing and were asked for no batch leave batch and cache empty") {
  const auto row = rows_of({"--context", "1G"})[0];  // a billion tokens
  CHECK(row["status"] == "oom");
  CHECK(row["batch"].is_null());
  CHECK(row["kv_gib_per_gpu"].is_null());
  CHECK(row["max_batch_memory"] == 0);
}

TEST_CASE("estimate: tp x pp beyond 32 bits is refused, not divided by") {
  const auto estimate = [](std::vector<std::string> more) {
    std::vector<std::string> args{"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki"};
    args.insert(args.end(), more.begin(), more.end());
    return run(args);
  };
  const auto r = estimate({"--tp", "65536", "--pp", "65536", "--gpus", "8"});
  CHECK(r.code == Exit::usage);
  CHECK_THAT(r.err, Catch::StartsWith("roofcast: --gpus: 8 is not a multiple of tp x pp = 4294967296"));
  CHECK_THAT(estimate({"--tp", "65536", "--pp", "65536"}).err,
             Catch::Contains("tp x pp x dp = 4294967296 devices: at most 65536"));
}

TEST_CASE("a list where one name belongs says how several are given") {
  CHECK_THAT(run({"compare", "llama-3.1-8b,qwen3-8b", "--hardware", "h100-sxm", "--context", "1Ki"}).err,
             Catch::Contains("compare and sweep take several models, with blanks between them"));
  CHECK_THAT(run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm,h200-sxm", "--context", "1Ki"}).err,
             Catch::Contains("compare and sweep take several devices"));
}
