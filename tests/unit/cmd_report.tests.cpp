#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "hwmodels/scenario_document.hpp"
#include "hwmodels/text_file.hpp"
#include "tests/support/markup.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

std::string scenario(const std::string& keys) {
  return R"({"schema": "roofcast/scenario/1", "hardware": "h100-sxm", )" + keys + "}";
}

/// The program that draws, for the time of a test: none, or one that writes the given picture.
class ChartProgram {
 public:
  explicit ChartProgram(const std::string& file) { ::setenv("ROOFCAST_CHARTS", file.c_str(), 1); }
  ChartProgram(const ChartProgram&) = delete;
  ChartProgram& operator=(const ChartProgram&) = delete;
  ~ChartProgram() { ::unsetenv("ROOFCAST_CHARTS"); }
};

std::filesystem::path drawing_program(const test::TemporaryFolder& folder) {
  const auto file =
      folder.write("charts",
                   "#!/bin/sh\nprintf '<svg viewBox=\"0 0 9 9\"><g id=\"a\"><text>'\"$4\"'</text></g></svg>' "
                   "> \"$2\"\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file;
}

/// Everything that would load something.
void check_self_contained(const std::string& page) {
  CHECK(markup_fault(page) == "");
  for (const auto* loads : {"http:", "https:", "src=", "@import", "<script"}) {
    INFO(loads);
    CHECK_FALSE(page.contains(loads));
  }
}

std::string page_of(const std::string& keys) {
  const test::TemporaryFolder folder;
  const ChartProgram none{(folder.path() / "none").string()};
  const auto r = run({"report", folder.write("s.json", scenario(keys)).string()});
  INFO(r.err);
  REQUIRE(r.code == Exit::ok);
  return r.out;
}

}  // namespace

TEST_CASE("report: one page with verdict, budget, variants, assumptions, accuracy and the command") {
  const auto page = page_of(R"("model": "llama-3.1-8b", "isl": "8Ki", "osl": 1024, "tpot": "40ms")");
  check_self_contained(page);
  CHECK(page.contains("<h1>Llama-3.1-8B on 1x H100 SXM5</h1>"));
  CHECK(page.contains("<b>YES</b>: "));
  for (const auto* title :
       {"Scenario", "Memory of one GPU", "KV cache (bf16)", "Limits", "Attention variants side by side", "Assumptions",
        "How far to trust the times", "To reproduce"}) {
    INFO(title);
    CHECK(page.contains(std::string("<h2>") + title));
  }
  CHECK(page.contains("<pre>roofcast estimate llama-3.1-8b --hardware h100-sxm --isl 8Ki --osl 1024 --tpot 40ms\n"));
  CHECK(page.contains("<th class=\"n\">mha</th>"));
  CHECK(page.contains("<th class=\"n\">gqa:8 (own)</th>"));
  CHECK(page.contains("\nroofcast plan llama-3.1-8b --hardware h100-sxm --isl 8Ki --osl 1024 --tpot 40ms --users "));
  CHECK(page.contains("median error"));
  CHECK(page.contains("install the package roofcast-gui"));  // one line instead of charts
}

TEST_CASE("report: the commands to reproduce it can be run, whatever the scenario says") {
  const test::TemporaryFolder folder;
  const auto lengths = folder.write("lengths.csv", "tokens,count\n1000,1\n2000,3\n").string();
  const std::vector<std::string> scenarios{
      R"("model": "llama-3.1-8b", "context": "8Ki", "batch": 4, "gpus": 8, "tp": 2, "pp": 2, "dcp": 1, "ep": 1,
         "tpot": "1s", "engine": "vllm", "memory_utilization": 0.9, "block_size": 16, "max_batched_tokens": 8192,
         "memory": "80GiB", "price": 2, "calibration": "none", "kv_dtype": "fp8", "weight_dtype": "fp8",
         "attention": "mqa")",
      R"("model": "llama-3.1-8b", "isl": 2000, "osl": 500, "dp": 2, "rps": 0.5, "prefix_hit": 0.5, "ttft": "9s",
         "draft_tokens": 2, "acceptance": 0.7, "draft_model": "llama-3.2-1b", "price": 3)",
      R"("model": "llama-3.1-8b", "isl_histogram": ")" + lengths + R"(", "osl_histogram": ")" + lengths + R"(")",
      R"("model": "mixtral-8x7b", "isl": 2000, "osl": 500, "tp": 4, "ep": 4, "expert_imbalance": "random")",
      R"("model": "llama-3.1-8b", "isl": 2000, "osl": 500, "disaggregate": "1:3")",
      R"("model": "deepseek-v3", "isl": 2000, "osl": 500, "tp": 8, "ep": 8, "attention_dp": 2,
         "overlap": "two-batch")"};
  std::set<std::string> said{"hardware"};
  for (const auto& keys : scenarios) {
    for (const auto& field : scenario_fields())
      if (keys.contains("\"" + field.key() + "\":")) said.insert(field.key());
    INFO(keys);
    const auto page = page_of(keys);
    const auto begin = page.find("<pre>") + 5;
    std::istringstream lines(page.substr(begin, page.find("</pre>") - begin));
    std::size_t commands = 0;
    for (std::string line; std::getline(lines, line); ++commands) {
      std::istringstream words(line);
      std::vector<std::string> args{std::istream_iterator<std::string>(words), {}};
      args.erase(args.begin());  // the program
      const auto r = run(args);
      INFO(line << "\n" << r.err);
      CHECK((r.code == Exit::ok || r.code == Exit::no));
    }
    CHECK(commands >= 2);
  }
  for (const auto& field : scenario_fields()) {
    INFO(field.key());
    CHECK(said.contains(field.key()));
  }
}

TEST_CASE("report: it does not replace its scenario") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("s.json", scenario(R"("model": "llama-3.1-8b", "context": "8Ki")")).string();
  const auto r = run({"report", file, "-o", file});
  CHECK(r.code == Exit::usage);
  CHECK_THAT(r.err, Catch::Contains("is read, and would be overwritten"));
  CHECK(read_text(file).value().starts_with(R"({"schema")"));
}

TEST_CASE("report: without a drawing program one line says so, one that fails is a failure, and no page is written") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("s.json", scenario(R"("model": "llama-3.1-8b", "context": "8Ki")")).string();
  const auto output = (folder.path() / "r.html").string();
  {
    const ChartProgram none{(folder.path() / "none").string()};
    const auto r = run({"report", file, "-o", output});
    CHECK(r.code == Exit::ok);
    CHECK_THAT(r.err, Catch::StartsWith("note: ") && Catch::Contains("install the package roofcast-gui"));
    std::filesystem::remove(output);
  }
  const ChartProgram failing{"/bin/false"};
  const auto r = run({"report", file, "-o", output});
  CHECK(r.code == Exit::file);
  CHECK(r.err == "roofcast: roofcast-charts: failed with exit code 1\n");
  CHECK_FALSE(std::filesystem::exists(output));
}

TEST_CASE("report: a scenario that does not fit has what would make it fit") {
  const auto page = page_of(R"("model": "llama-3.1-70b", "context": "8Ki")");
  check_self_contained(page);
  CHECK(page.contains("<b>NO</b>: "));
  CHECK(page.contains("What would make it fit"));
}

TEST_CASE("report: uncalibrated times are called theoretical") {
  const auto page = page_of(R"("model": "llama-3.1-8b", "context": "8Ki", "calibration": "none")");
  CHECK(page.contains("Times are theoretical"));
  CHECK_FALSE(page.contains("median error"));
}

TEST_CASE("report: charts are drawn for light and dark pages, with names of their own") {
  const test::TemporaryFolder folder;
  const ChartProgram drawing{drawing_program(folder).string()};
  const auto file = folder.write("s.json", scenario(R"("model": "llama-3.1-8b", "context": "8Ki")")).string();
  const auto output = (folder.path() / "r.html").string();
  const auto r = run({"report", file, "-o", output});
  CHECK(r.code == Exit::ok);
  CHECK(r.out.empty());
  CHECK(r.err == output + ": written\n");
  std::ifstream in(output);
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  check_self_contained(page);
  CHECK(page.contains("<div class=\"scroll light\"><svg viewBox=\"0 0 9 9\"><g id=\"c1l-a\"><text>light</text>"));
  CHECK(page.contains("<div class=\"scroll dark\"><svg viewBox=\"0 0 9 9\"><g id=\"c1d-a\"><text>dark</text>"));
  CHECK(page.contains("id=\"c4d-a\""));  // throughput, limits, memory, roofline
}

TEST_CASE("report: what is in names is no markup") {
  const test::TemporaryFolder folder;
  const ChartProgram none{(folder.path() / "none").string()};
  std::filesystem::copy_file("tests/data/round_model.json", folder.path() / "a<b>&'c'.json");
  const auto r =
      run({"report", folder.write("s.json", scenario(R"("model": "a<b>&'c'.json", "context": 1000)")).string()});
  INFO(r.err);
  CHECK(r.code == Exit::ok);
  check_self_contained(r.out);
  CHECK(r.out.contains("a&lt;b&gt;&amp;&#39;c&#39;.json"));
}

TEST_CASE("report: problems of the scenario name its file, and no page is written") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("s.json", scenario(R"("model": "llama-3.1-8b")")).string();
  const auto output = (folder.path() / "r.html").string();
  const auto r = run({"report", file, "-o", output});
  CHECK(r.code == Exit::usage);
  CHECK(r.err.starts_with("roofcast: " + file + ":/context: missing"));
  CHECK_FALSE(std::filesystem::exists(output));
  CHECK(run({"report", "nonesuch.json"}).code == Exit::file);
}

TEST_CASE("a report does not fill a terminal") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("s.json", scenario(R"("model": "llama-3.1-8b", "context": "8Ki")")).string();
  std::ostringstream out, err;
  const std::vector<std::string> args{"report", file};
  const auto code = cli::run_program(args, cli::Io{.out = out, .err = err, .terminal = {.out_is_terminal = true}});
  CHECK(code == Exit::usage);
  CHECK(out.str().empty());
  CHECK_THAT(err.str(), Catch::Contains("--output: missing") && Catch::Contains("-o report.html"));
}
