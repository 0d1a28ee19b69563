#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

#include "cli/text_width.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

constexpr const char* kRound = "tests/data/round_gpu.json";
constexpr const char* kMeasured = "tests/data/measured_round.csv";

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("validate: the tolerance is on the median of each op and decides the exit code") {
  CHECK(run({"validate", kMeasured, "--hardware", kRound}).code == Exit::ok);
  CHECK(run({"validate", kMeasured, "--hardware", kRound, "--tolerance", "99%"}).code == Exit::ok);
  const auto strict = run({"validate", kMeasured, "--hardware", kRound, "--tolerance", "0.1"});
  CHECK(strict.code == Exit::no);
  CHECK(strict.err.contains("is above --tolerance 10%"));
}

TEST_CASE("validate: a malformed cell stops everything, names its place, and nothing is written") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("m.csv", "op,hardware,dtype,m,n,k,latency_us\ngemm,h100-sxm,bf16,1,x,1,1\n");
  const auto r = run({"validate", file.string(), "-o", (folder / "out.csv").string()});
  CHECK(r.code == Exit::unsupported);
  CHECK(r.out.empty());
  CHECK(r.err.contains("m.csv:2:5: n: expected a whole number of at least 1, found 'x'"));
  CHECK_FALSE(std::filesystem::exists(folder / "out.csv"));
}

TEST_CASE("validate: -o writes every row, and the report is still printed") {
  const test::TemporaryFolder folder;
  const auto r = run({"validate", kMeasured, "--hardware", kRound, "-o", (folder / "out.csv").string()});
  CHECK(r.code == Exit::ok);
  CHECK(r.out.contains("APE by op"));
  const auto in = text_of(kMeasured), out = text_of(folder / "out.csv");
  CHECK(std::ranges::count(out, '\n') == std::ranges::count(in, '\n'));
}

TEST_CASE("validate: JSON and CSV hold the same scores") {
  const auto json = nlohmann::json::parse(run({"validate", kMeasured, "--hardware", kRound, "--json"}).out);
  CHECK(json.at("summary").at(0).at("files") == 1);
  const auto csv = run({"validate", kMeasured, "--hardware", kRound, "--csv"}).out;
  CHECK(static_cast<std::size_t>(std::ranges::count(csv, '\n')) == json.at("scores").size() + 1);
  CHECK(csv.starts_with("by,op,figure,group,rows,median_ape_percent,"));
  CHECK_FALSE(json.at("worst").empty());
  CHECK_FALSE(json.at("not_predicted").empty());
}

TEST_CASE("validate: rows faster than their roof are listed one by one under their cause, all of them in JSON and -o") {
  // Round GPU: 2 x 1000^3 FLOP take 20 us. A dozen products in 10 us by wrong labels; 4 MB x 10 of attention in 75% of
  // their time by V that aliases K (measured_round.csv:8).
  const test::TemporaryFolder folder;
  std::string csv = "op,hardware,framework,dtype,m,n,k,latency_us\n";
  for (int i = 0; i < 12; ++i) csv += "gemm,round-gpu,toy,bf16,1000,1000,1000,10\n";
  const auto gemm = folder.write("g.csv", csv).string();
  const auto r = run({"validate", gemm, kMeasured, "--hardware", kRound, "-o", (folder / "out.csv").string()}, 120);
  CHECK(r.code == Exit::ok);
  CHECK(r.out.contains(
      "Faster than the roof: labels that do not say what ran: shape, number type or device (12 rows)\n"));
  CHECK(r.out.contains("g.csv:11"));
  CHECK_FALSE(r.out.contains("g.csv:12"));
  CHECK(r.out.contains("and 2 more; --json or -o FILE lists all"));
  CHECK(r.out.contains("Faster than the roof: V that aliases K: half of the bytes would explain it (1 row)\n"));

  const auto json = nlohmann::json::parse(run({"validate", gemm, kMeasured, "--hardware", kRound, "--json"}).out);
  const auto& doubtful = json.at("doubtful_rows");
  REQUIRE(doubtful.size() == 13);
  CHECK(doubtful[0].at("file") == gemm);
  CHECK(doubtful[0].at("line") == 2);
  CHECK(doubtful[0].at("measured") == 10);
  CHECK(doubtful[0].at("roof") == Approx(20));
  CHECK(doubtful[12].at("shape") == "10 x 1000 tokens, 10/10 heads of 100");
  CHECK(doubtful[12].at("reason") == "V that aliases K: half of the bytes would explain it");

  std::size_t reasons = 0;
  std::istringstream lines(text_of(folder / "out.csv"));
  for (std::string line; std::getline(lines, line);)
    reasons += line.contains(",\"faster than the roof: labels") || line.contains(",faster than the roof: V that");
  CHECK(reasons == 13);
}

TEST_CASE("validate: no line is wider than the terminal") {
  for (const int columns : {40, 80, 120}) {
    std::istringstream lines(run({"validate", kMeasured, "--hardware", kRound}, columns).out);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(cli::display_width(line) <= columns);
    }
  }
}

TEST_CASE("validate: flags and files that are wrong say so") {
  CHECK(run({"validate"}).code == Exit::usage);
  CHECK(run({"validate", kMeasured, "--tolerance", "much"}).code == Exit::usage);
  CHECK(run({"validate", kMeasured, "--hardware", "h100-smx"}).code == Exit::usage);
  CHECK(run({"validate", kMeasured, "--json", "--csv"}).code == Exit::usage);
  CHECK(run({"validate", "no-such-file.csv"}).code == Exit::file);
  CHECK(run({"validate", kMeasured, "--calibration", "no-such-fit.json"}).code == Exit::file);
}
