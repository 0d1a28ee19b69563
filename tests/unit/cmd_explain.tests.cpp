#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/glossary.hpp"
#include "tests/support/mutation.hpp"
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

TEST_CASE("explain --csv: a header and a line of the same parts") {
  const auto out = run({"explain", "kv_bytes_per_token", "--model", "llama-3.1-8b", "--csv"}).out;
  CHECK(out.starts_with("term,meaning,formula,equation,page,source,numbers,result,label\nkv_bytes_per_token,"));
  CHECK(contains(out, ",\"131,072 B\",exact\n"));
  const auto all = run({"explain", "--csv"}).out;
  CHECK(static_cast<std::size_t>(std::ranges::count(all, '\n')) == 1 + glossary().size());
  CHECK(run({"explain", "--csv", "--json"}).code == Exit::usage);
}

TEST_CASE("explain: how many experts are touched is an expectation, never exact") {
  CHECK(contains(run({"explain", "experts_touched", "--model", "mixtral-8x7b", "--hardware", "b200-sxm", "--context",
                      "4Ki", "--batch", "4"})
                     .out,
                 "experts (estimated)"));
}

TEST_CASE("explain --point: flags stand in for names that nothing answers to") {
  const test::TemporaryFolder folder;
  const auto config = folder.write("my_config.json", R"({
    "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16", "hidden_size": 64,
    "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
    "intermediate_size": 96, "vocab_size": 100, "max_position_embeddings": 4096, "tie_word_embeddings": false})");
  const auto file = (folder / "out.csv").string();
  REQUIRE(run({"sweep", config.string(), "--hardware", "h100-sxm", "--context", "1Ki", "--batch", "2", "--quiet", "-o",
               file})
              .code == Exit::ok);
  CHECK(run({"explain", "--point", file + ":1"}).code == Exit::usage);
  const auto r = run({"explain", "--point", file + ":1", "--model", config.string()});
  INFO(r.err);
  CHECK(r.code == Exit::ok);
}

TEST_CASE("explain --point: counts of a row are whole and bounded, whatever the file says") {
  const test::TemporaryFolder folder;
  std::ifstream in(sweep_file(folder));
  std::string header, row;
  std::getline(in, header);
  std::getline(in, row);
  // schema,point,model,attention,hardware,engine,gpus,tp,pp,...
  const std::string good = "h100-sxm,vllm,1,1,1,";
  const auto at = row.find(good);
  REQUIRE(at != row.npos);
  for (const auto* bad : {"1e300", "1.7", "0", "-1", "65537", "nan", "inf"}) {
    CAPTURE(bad);
    auto changed = row;
    changed.replace(at, good.size(), fmt::format("h100-sxm,vllm,1,{},1,", bad));
    const auto file = folder.write("bad.csv", header + '\n' + changed + '\n').string();
    const auto r = run({"explain", "--point", file + ":1"});
    CHECK(r.code == Exit::unsupported);
    CHECK(contains(r.err, fmt::format(":tp: '{}' is no", bad)));
  }
}

TEST_CASE("explain --point: a mutated sweep file is one of the known answers, never a crash") {
  const test::TemporaryFolder folder;
  std::ifstream in(sweep_file(folder));
  const std::string seed{std::istreambuf_iterator<char>(in), {}};
  test::Random random{4711};
  for (int i = 0; i < 150; ++i) {
    const auto file = folder.write("mutated.csv", test::mutated(seed, random)).string();
    const auto code = run({"explain", "--point", file + ":1"}).code;
    CAPTURE(i);
    CHECK((code == Exit::ok || code == Exit::no || code == Exit::usage || code == Exit::unsupported));
  }
}
