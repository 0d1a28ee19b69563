#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/document_diff.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

struct Pair {
  test::TemporaryFolder folder{};
  std::string before{}, after{};

  Pair(const std::string& a, const std::string& b)
      : before{folder.write("a.json", a).string()}, after{folder.write("b.json", b).string()} {}
};

std::string named(const std::string& keys) {
  return R"({"schema": "roofcast/scenario/1", "model": "llama-3.1-8b", "hardware": "h100-sxm", )" + keys + "}";
}

}  // namespace

TEST_CASE("diff: a scenario and itself differ in nothing, however it is written") {
  const Pair same{named(R"("context": "8Ki", "batch": 4)"), named(R"("batch": "4", "context": 8192)")};
  const auto r = run({"diff", same.before, same.after});
  CHECK(r.code == Exit::ok);
  CHECK(r.out == "No difference.\n");
}

TEST_CASE("diff: sections are named after any key that a file has") {
  const std::string head = R"({"schema_version": 1, "decode": {"batch": 1}, )";
  const Pair pair{head + R"("": {"x": 1}, "ähnlich": {"x": 1}, "Zone": {"x": 1}, "memory": {"x": 1}})",
                  head + R"("": {"x": 2}, "ähnlich": {"x": 2}, "Zone": {"x": 2}, "memory": {"x": 2}})"};
  const auto r = run({"diff", pair.before, pair.after});
  INFO(r.err);
  CHECK(r.code == Exit::no);
  CHECK_THAT(r.out, Catch::Contains("ähnlich\n") && Catch::Contains("Zone\n") && Catch::Contains("Memory\n"));
}

TEST_CASE("diff: inputs that changed come first, then figures with their ratio") {
  const Pair pair{named(R"("context": "8Ki", "batch": 4)"), named(R"("context": "16Ki", "batch": 4)")};
  const auto r = run({"diff", pair.before, pair.after, "--json"});
  CHECK(r.code == Exit::no);
  const auto changes = nlohmann::json::parse(r.out)["changes"];
  REQUIRE(changes.size() > 3);
  CHECK(changes[0]["part"] == "written");
  CHECK(changes[0]["key"] == "context");
  CHECK(changes[0]["before"] == "8Ki");
  CHECK(changes[0]["after"] == "16Ki");
  CHECK(changes[0]["ratio"] == 2);
  CHECK(changes[1]["part"] == "input");
  CHECK(changes[1]["key"] == "workload.context_tokens");
  CHECK(changes[1]["before"] == 8192);
  bool sequence = false;
  for (const auto& c : changes)
    if (c["key"] == "memory.kv_bytes_per_sequence") {
      sequence = true;
      CHECK(c["part"] == "output");
      CHECK(c["before"] == 131072 * 8192.0);  // 32 layers x 2 x 8 heads x 128 x 2 B a token
      CHECK(c["ratio"] == 2);
    }
  CHECK(sequence);

  const auto text = run({"diff", pair.before, pair.after});
  CHECK(text.out.starts_with("Written\n"));
  CHECK(text.out.find("Written") < text.out.find("Model, hardware"));
  CHECK(text.out.find("Model, hardware") < text.out.find("\nMemory\n"));
  CHECK(text.out.contains("1.00 GiB  2.00 GiB  x2.0\n"));
  CHECK(text.out.contains("\nOperators of a decode step, ms\n"));
  CHECK(text.out.contains("more figures of operators"));
}

TEST_CASE("diff: a scenario and the JSON of its estimate are the same") {
  const test::TemporaryFolder folder;
  const auto file = (folder.path() / "s.json").string();
  const auto json =
      run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "8Ki", "--save", file, "--json"});
  const auto estimate = folder.write("e.json", json.out).string();
  CHECK(run({"diff", file, estimate}).code == Exit::ok);
  const auto other = run({"estimate", "llama-3.1-8b", "--hardware", "h200-sxm", "--context", "8Ki", "--json"});
  const auto r = run({"diff", estimate, folder.write("f.json", other.out).string(), "--csv"});
  CHECK(r.code == Exit::no);
  CHECK(r.out.starts_with("part,key,before,after,ratio\ninput,hardware.id,h100-sxm,h200-sxm,\n"));
}

TEST_CASE("diff: the largest batch is a figure, not an input, where nobody asked for one") {
  const Pair pair{named(R"("context": "8Ki")"), named(R"("context": "16Ki")")};
  const auto r = run({"diff", pair.before, pair.after, "--csv"});
  CHECK(r.out.contains("\noutput,workload.batch,"));
}

TEST_CASE("diff: what is no scenario and no estimate is said with its name") {
  const Pair pair{"{\"a\": 1}", named(R"("context": 1024, "tp": 3)")};
  const auto r = run({"diff", pair.before, pair.after});
  CHECK(r.code == Exit::unsupported);
  CHECK(r.err.starts_with("roofcast: " + pair.before + ": is neither a scenario nor an estimate"));
  CHECK(r.err.contains(pair.after + ":/tp: 3 does not divide"));
  CHECK(run({"diff", pair.before, "nonesuch.json"}).err.contains("nonesuch.json: no such file"));
}
