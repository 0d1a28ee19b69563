#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

#include "cli/text_width.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using nlohmann::json;

namespace {

std::vector<std::string> with(std::vector<std::string> more) {
  std::vector<std::string> args{"plan", "llama-3.1-8b", "--isl", "2Ki", "--osl", "512"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

json json_of(std::vector<std::string> more) {
  more.emplace_back("--json");
  return json::parse(run(with(std::move(more))).out);
}

}  // namespace

TEST_CASE("plan: a price is a number for every device, or a file") {
  const std::vector<std::string> words{"plan",  "llama-3.1-8b", "--users", "1",          "--isl",   "1Ki",
                                       "--osl", "256",          "--csv",   "--hardware", "h200-sxm"};
  auto with = [&](const std::string& price) {
    auto args = words;
    args.insert(args.end(), {"--price", price});
    return run(args);
  };
  CHECK(run(words).out != with("3").out);  // no list price is known of it
  CHECK(with("3").code == Exit::ok);
  CHECK(with("0").code == Exit::usage);
  CHECK(with("no_such.csv").code == Exit::file);
}

TEST_CASE("plan: the answer is the first sentence, and its arithmetic follows") {
  const auto yes = run(with({"--rps", "40", "--tpot", "20ms", "--hardware", "h100-sxm,l40s"}));
  CHECK(yes.code == Exit::ok);
  CHECK(yes.err.empty());
  CHECK_THAT(yes.out, Catch::StartsWith("YES: ") && Catch::Contains("How many") && Catch::Contains("vllm serve ") &&
                          Catch::Contains("Assumptions"));
  const auto no = run(with({"--rps", "40", "--tpot", "1ms", "--hardware", "h100-sxm"}));
  CHECK(no.code == Exit::no);
  CHECK_THAT(no.out, Catch::StartsWith("NO: ") && Catch::Contains("the least that works: --tpot "));
}

TEST_CASE("plan: the nearest SLO succeeds when it is typed") {
  const auto asked = json_of({"--rps", "5", "--tpot", "1ms", "--hardware", "h100-sxm,l40s", "--max-gpus", "8"});
  REQUIRE(asked["answer"]["yes"] == false);
  const std::string flags = asked["nearest_slos"][0]["flags"];
  REQUIRE(flags.starts_with("--tpot "));
  const auto works =
      run(with({"--rps", "5", "--tpot", flags.substr(7), "--hardware", "h100-sxm,l40s", "--max-gpus", "8"}));
  CHECK(works.code == Exit::ok);
}

TEST_CASE("plan: estimate of what was planned says the same") {
  const auto p = json_of({"--rps", "40", "--tpot", "20ms", "--hardware", "h100-sxm"})["plans"][0];
  const auto e = run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--isl", "2Ki", "--osl", "512", "--tpot",
                      "20ms", "--tp", p["layout"]["tp"].dump(), "--pp", p["layout"]["pp"].dump(), "--dp",
                      p["replicas"].dump(), "--batch", p["batch"].dump(), "--json"});
  CHECK(e.code == Exit::ok);
  const auto serving = json::parse(e.out)["serving"];
  CHECK(serving["tpot_ms"] == p["tpot"]["ms"]);
  CHECK(serving["ttft_ms"] == p["ttft"]["ms"]);
}

TEST_CASE("plan: prices of a file decide, and a misspelt device is an error") {
  const test::TemporaryFolder folder;
  const auto cheap = folder.write("cheap.csv", "device,usd_hour\nl40s,0.01\nh100-sxm,9\n").string();
  const std::vector<std::string> ask{"--rps", "10", "--hardware", "h100-sxm,l40s", "--price"};
  const auto priced = [&](const std::string& file) {
    auto args = ask;
    args.push_back(file);
    return args;
  };
  CHECK(json_of(priced(cheap))["plans"][0]["layout"]["hardware"] == "l40s");
  const auto dear =
      folder.write("dear.json", R"({"schema": "roofcast/prices/1", "usd_hour": {"l40s": 90, "h100-sxm": 1}})");
  CHECK(json_of(priced(dear.string()))["plans"][0]["layout"]["hardware"] == "h100-sxm");

  const auto typo = folder.write("typo.csv", "device,usd_hour\nh100-smx,1\n").string();
  const auto wrong = run(with(priced(typo)));
  CHECK(wrong.code == Exit::unsupported);
  CHECK_THAT(wrong.err, Catch::Contains("typo.csv:2: no device is called 'h100-smx'") && Catch::Contains("h100-sxm"));
  CHECK(run(with(priced("nowhere.csv"))).code == Exit::file);
}

TEST_CASE("plan: CSV has every layout as a row, with a status") {
  const auto out = run(with({"--rps", "40", "--tpot", "8ms", "--hardware", "h100-sxm,l40s", "--csv"}));
  const auto j = json_of({"--rps", "40", "--tpot", "8ms", "--hardware", "h100-sxm,l40s"});
  const auto lines = std::ranges::count(out.out, '\n');
  CHECK(static_cast<std::size_t>(lines) == 1 + j["plans"].size() + j["failures"].size());
  CHECK_THAT(out.out, Catch::StartsWith("rank,model,hardware,engine,replica_gpus,tp,pp,ep,dp,weight_dtype,kv_dtype,"));
  CHECK_THAT(out.out, Catch::Contains(",ok,") && Catch::Contains(",tpot,"));
}

TEST_CASE("plan: text fits the terminal") {
  const int columns = GENERATE(40, 80, 200);
  CAPTURE(columns);
  const auto out = run(with({"--users", "300", "--tpot", "30ms", "--hardware", "h100-sxm,rtx-pro-6000-server,mi300x",
                             "--kv-dtype", "auto,fp8", "--n-plus", "1", "--headroom", "20%"}),
                       columns)
                       .out;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(cli::display_width(line) <= columns);
  }
}

TEST_CASE("plan: bad flags are told in one line each") {
  const auto error = [](std::vector<std::string> more) {
    const auto r = run(with(std::move(more)));
    CHECK(r.code == Exit::usage);
    CHECK(r.out.empty());
    return r.err;
  };
  CHECK_THAT(error({"--hardware", "h100-sxm"}), Catch::Contains("--rps: missing"));
  CHECK_THAT(error({"--rps", "1", "--users", "2", "--hardware", "h100-sxm"}),
             Catch::Contains("--rps: excludes --users"));
  CHECK_THAT(error({"--rps", "1"}), Catch::Contains("--hardware: missing"));
  CHECK_THAT(error({"--rps", "1", "--hardware", "h100-sxm,h100"}), Catch::Contains("'h100' is given twice"));
  CHECK_THAT(error({"--rps", "1", "--hardware", "h100-sxm", "--percentile", "p100"}),
             Catch::Contains("--percentile: 'p100': expected p1 to p99.99 (e.g. --percentile p90)"));
  CHECK_THAT(error({"--rps", "1", "--hardware", "h100-sxm", "--objective", "speed"}),
             Catch::Contains("'speed' is not one of"));
  CHECK_THAT(error({"--rps", "1", "--hardware", "h100-sxm", "--kv-dtype", "fp9"}), Catch::Contains("'fp9'"));
  CHECK_THAT(error({"--rps", "1", "--hardware", "xeon-8480"}), Catch::Contains("--memory"));
}

TEST_CASE("plan: what a workload says beside its lengths is planned for") {
  const std::vector<std::string> ask{"--rps", "20", "--hardware", "h100-sxm"};
  const auto capacity = [&](std::vector<std::string> more) {
    more.insert(more.begin(), ask.begin(), ask.end());
    return json_of(more)["plans"][0]["capacity_requests_s"].get<double>();
  };
  CHECK(capacity({"--prefix-hit", "80%"}) > capacity({}));
  CHECK(capacity({"--attention", "mqa"}) > capacity({}));
}

TEST_CASE("plan: what a scenario file says and plan does not take is said, never dropped") {
  const test::TemporaryFolder folder;
  const auto planned = [&](const std::string& more) {
    const auto file =
        folder.write("s.json", R"({"schema": "roofcast/scenario/1", "isl": "2Ki", "osl": "512")" + more + "}");
    return run({"plan", "llama-3.1-8b", "--users", "20", "--hardware", "h100-sxm", "--scenario", file.string()});
  };
  const auto searched = planned(R"(, "tp": 2, "batch": 8, "rps": 3)");  // --users says what --rps would
  CHECK(searched.code == Exit::ok);
  CHECK_THAT(searched.err, Catch::Contains("s.json: tp, batch left out"));
  const auto pools = planned(R"(, "disaggregate": "1:3")");
  CHECK(pools.code == Exit::usage);
  CHECK_THAT(pools.err, Catch::Contains("s.json:/disaggregate: there is no --disaggregate here"));
}

TEST_CASE("plan: a unit is called by its own name, and a price of a unit that is not asked for is an error") {
  const auto p = json_of({"--users", "20", "--hardware", "dgx-h100"});
  CHECK(p["request"]["hardware"][0] == "dgx-h100");
  CHECK(p["plans"][0]["layout"]["hardware"] == "dgx-h100");
  CHECK_THAT(p["answer"]["sentence"].get<std::string>(), Catch::StartsWith("1 x DGX H100 (8 GPUs: "));
  const test::TemporaryFolder folder;
  const auto file = folder.write("p.csv", "device,usd_hour\ndgx-h100,98\n").string();
  const auto alone = run(with({"--users", "20", "--hardware", "h100-sxm", "--price", file}));
  CHECK(alone.code != Exit::ok);
  CHECK_THAT(alone.err, Catch::Contains("p.csv:2: 'dgx-h100' is a unit that --hardware does not name"));
}

TEST_CASE("plan: systems are bought whole, and the arithmetic shows it") {
  const std::vector<std::string> ask{"--users", "120", "--tpot", "12ms", "--price", "2", "--hardware"};
  auto of = [&](const std::string& hardware) {
    auto args = ask;
    args.push_back(hardware);
    return args;
  };
  const auto whole = json_of(of("8xh100-sxm"));
  for (const auto& plan : whole["plans"]) {
    CAPTURE(plan.dump());
    const int used = plan["used_gpus"], bought = plan["gpus"], units = plan["units"];
    CHECK(used == plan["replicas"].get<int>() * plan["replica_gpus"].get<int>());
    CHECK(bought == 8 * units);
    CHECK(bought >= used);
    CHECK(plan["usd_hour"] == 2.0 * bought);
  }
  const auto text = run(with(of("8xh100-sxm")), 200).out;
  CHECK_THAT(text, Catch::Contains(" x 8xh100-sxm") && Catch::Contains("systems are bought whole"));
  CHECK(json_of(of("h100-sxm"))["plans"][0]["units"].is_null());
  const auto few = run(with({"--users", "1", "--hardware", "8xh100-sxm", "--max-gpus", "4"}));
  CHECK(few.code == Exit::no);
  CHECK_THAT(few.out, Catch::Contains("needs 8 GPUs, above --max-gpus 4"));
}

TEST_CASE("plan: times at fixed concurrency and of random arrivals are told apart") {
  const std::vector<std::string> ask{"--rps", "10", "--ttft", "1s", "--hardware", "h100-sxm"};
  auto text = run(with(ask), 200).out;
  std::ranges::replace(text, '\n', ' ');
  CHECK_THAT(text, Catch::Contains("at fixed concurrency, mean") && Catch::Contains("when they arrive at random") &&
                       Catch::Contains("TTFT at random"));
  auto csv = ask;
  csv.emplace_back("--csv");
  const auto out = run(with(csv)).out;
  const auto header = out.substr(0, out.find('\n'));
  CHECK_THAT(header, Catch::EndsWith(",status,reason,arriving_tpot_ms,arriving_ttft_ms,units,used_gpus,overlap"));
  CHECK_THAT(run(with({"--users", "5", "--hardware", "h100-sxm"}), 200).out, !Catch::Contains("at fixed concurrency"));
}

TEST_CASE("plan: replicas that share experts overlap where it is asked for and gains") {
  std::vector<std::string> ask{"plan",   "deepseek-v3",    "--users", "2000",       "--isl",
                               "1Ki",    "--osl",          "512",     "--hardware", "h200-sxm",
                               "--json", "--weight-dtype", "fp8",     "--max-gpus", "256"};
  const auto gpus = [](const json& p) { return p["plans"][0]["gpus"].get<int>(); };
  const auto plain = json::parse(run(ask).out);
  ask.insert(ask.end(), {"--overlap", "two-batch"});
  const auto p = json::parse(run(ask).out);
  CHECK(gpus(p) <= gpus(plain));
  for (const auto& plan : p["plans"]) {
    const bool turns = plan["layout"]["overlap"] == "two-batch";
    CHECK(turns == plan["command"].get<std::string>().contains("--enable-dbo"));
    if (turns) CHECK(plan["layout"]["ep"].get<int>() > plan["layout"]["tp"].get<int>());
  }
  CHECK(plain["plans"][0]["layout"]["overlap"] == "none");
}

TEST_CASE("plan: an overlap that nothing can have is refused") {
  const std::vector<std::string> overlap{"--users", "5", "--hardware", "h100-sxm", "--overlap", "two-batch"};
  CHECK(run(with(overlap)).code == Exit::usage);  // no experts
  CHECK_THAT(run(with(overlap)).err, Catch::Contains("--overlap: two-batch hides what replicas exchange"));
  auto trtllm = overlap;
  trtllm.insert(trtllm.end(), {"--engine", "trtllm"});
  CHECK_THAT(run(with(trtllm)).err, Catch::Contains("--overlap: TensorRT-LLM has no two-batch overlap"));
}
