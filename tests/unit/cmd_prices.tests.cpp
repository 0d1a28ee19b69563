#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "tests/support/csv_rows.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using nlohmann::json;

namespace {

/// A command line about Llama-3.1-8B with prices.
std::vector<std::string> asked(const std::string& command, const std::string& hardware, const std::string& price,
                               const std::string& format = "--json") {
  return {command, "llama-3.1-8b", "--hardware", hardware, "--context", "4Ki", "--batch",
          "8",     "--price",      price,        format};
}

}  // namespace

TEST_CASE("estimate, compare and sweep take a file of prices, as plan does") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("p.csv", "device,usd_hour\nh100-sxm,2.5\nl40s,0.9\n").string();
  const auto e = json::parse(run(asked("estimate", "h100-sxm", file)).out);
  CHECK(e["cost"]["usd_hour"] == 2.5);
  CHECK(e["cost"] == json::parse(run(asked("estimate", "h100-sxm", "2.5")).out)["cost"]);

  const auto columns = json::parse(run(asked("compare", "h100-sxm,l40s", file)).out)["columns"];
  REQUIRE(columns.size() == 2);
  CHECK(columns[0]["at_maximum"]["cost"]["usd_hour"] == 2.5);
  CHECK(columns[1]["at_maximum"]["cost"]["usd_hour"] == 0.9);

  const auto out = (folder / "s.csv").string();
  auto sweep = asked("sweep", "h100-sxm,l40s", file, "--csv");
  sweep.insert(sweep.end(), {"-o", out});
  REQUIRE(run(sweep).code == Exit::ok);
  const auto rows = csv_rows(out);
  CHECK(std::stod(rows[0].at("usd_mtok")) == Approx(2.5 / (std::stod(rows[0].at("tokens_s_gpu")) * 3600) * 1e6));
  CHECK(std::stod(rows[1].at("usd_mtok")) == Approx(0.9 / (std::stod(rows[1].at("tokens_s_gpu")) * 3600) * 1e6));
  CHECK(run({"explain", "--point", out + ":2", "--price", file}).code == Exit::ok);
}

TEST_CASE("a unit's price is shared by its GPUs, and one that nobody asks for is no error") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("p.csv", "device,usd_hour\ndgx-h100,24\ndgx-h200,40\n").string();
  CHECK(json::parse(run(asked("estimate", "dgx-h100", file)).out)["cost"]["usd_hour"] == 3);
  const auto alone = run(asked("estimate", "h100-sxm", file));
  CHECK(alone.code == Exit::unsupported);
  CHECK_THAT(alone.err, Catch::Contains("p.csv:2: 'dgx-h100' is a unit that --hardware does not name"));
}

TEST_CASE("a price that is neither a number nor a file is one line, and nothing is printed") {
  const test::TemporaryFolder folder;
  const auto typo = folder.write("typo.csv", "device,usd_hour\nh100-smx,1\n").string();
  for (const std::string command : {"estimate", "compare", "sweep"}) {
    CAPTURE(command);
    const auto format = command == "sweep" ? "--csv" : "--json";
    const auto wrong = run(asked(command, "h100-sxm", typo, format));
    CHECK(wrong.code == Exit::unsupported);
    CHECK(wrong.out.empty());
    CHECK_THAT(wrong.err, Catch::Contains("typo.csv:2: no device is called 'h100-smx'"));
    const auto missing = run(asked(command, "h100-sxm", "nowhere.csv", format));
    CHECK(missing.code == Exit::file);
    CHECK_THAT(missing.err, Catch::Contains("nowhere.csv") && Catch::Contains("USD per hour, or a file of prices"));
    CHECK_THAT(run(asked(command, "h100-sxm", "-2", format)).err, Catch::Contains("--price"));
  }
}

TEST_CASE("a scenario's file of prices is looked for beside it, and a report has its cost") {
  const test::TemporaryFolder folder;
  folder.write("p.csv", "device,usd_hour\nh100-sxm,2.5\n");
  const auto file = folder
                        .write("s.json",
                               R"({"schema": "roofcast/scenario/1", "model": "llama-3.1-8b", "hardware": "h100-sxm",
                                   "context": "4Ki", "price": "p.csv"})")
                        .string();
  CHECK_THAT(run({"estimate", "--scenario", file}).out, Catch::Contains("2.50 USD/h  given"));
  CHECK_THAT(run({"report", file, "-q"}).out, Catch::Contains("2.50 USD"));
}
