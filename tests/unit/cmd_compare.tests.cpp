#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/text_width.hpp"
#include "tests/support/program_run.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

const std::vector<std::string> kHeads{"compare",   "llama-3.1-8b", "--hardware",  "h100-sxm",
                                      "--context", "32Ki",         "--attention", "mha,gqa:8,gqa:4,mqa"};

const std::vector<std::string> kReplicated{
    "compare", "llama-3.1-70b", "--hardware", "h100-sxm",    "--tp",
    "8",       "--context",     "32Ki",       "--attention", "mha,gqa:8,gqa:4,mqa"};

std::vector<std::string> and_also(std::vector<std::string> args, std::vector<std::string> more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

bool contains(const std::string& text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

/// Text with line breaks and indents as single blanks: sentences wherever they wrap.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != ' ')
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  return out;
}

}  // namespace

TEST_CASE("compare: KV bytes per token are linear in the KV heads, and the model's own column is marked") {
  const auto r = run(kHeads);
  CHECK(r.code == Exit::ok);
  CHECK(contains(r.out, "mha  gqa:8 (own)     gqa:4       mqa\n"));
  // 32 layers x heads x 256 x 2 B
  CHECK(contains(r.out, "  KV per token               524,288 B    131,072 B  65,536 B  16,384 B\n"));
  CHECK(contains(r.out, "x0.25    x0.125   x0.0312\n"));
}

TEST_CASE("compare: cache and weight formats are columns, a format that the model has already is no second one") {
  const std::vector<std::string> base{"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "32Ki"};
  const auto kv = run(and_also(base, {"--kv-dtype", "auto,bf16,fp8"}));
  CHECK(kv.code == Exit::ok);
  CHECK(contains(unwrapped(kv.out), "bf16 KV fp8 KV Bytes"));
  // 32 layers x 8 heads x 256 x 2 B, then x 1 B
  CHECK(contains(unwrapped(kv.out), "KV per token 131,072 B 65,536 B x0.5 "));
  const auto weights = run(and_also(base, {"--weight-dtype", "bf16,fp8"}));
  CHECK(contains(weights.out, "bf16 weights"));
  CHECK(contains(weights.out, "fp8 weights"));
  const auto typo = run(and_also(base, {"--kv-dtype", "auto,fp9"}));
  CHECK(typo.code == Exit::usage);
  CHECK(contains(typo.err, "'fp9' is not a known format"));
}

TEST_CASE("compare: what the comparison leaves out is said") {
  const auto text = unwrapped(run(kHeads).out);
  CHECK(contains(text, "Weights change too: K and V projections shrink and grow with the KV heads."));
  CHECK(contains(text,
                 "Left out: the quality of the answers, the training or uptraining that another attention needs, "
                 "and whether kernels support it."));
}

TEST_CASE("compare: with tp 8 and at most 8 KV heads every GPU stores the same, and the way out is named") {
  const auto j = nlohmann::json::parse(run(and_also(kReplicated, {"--json"})).out);
  for (const std::size_t i : {1U, 2U, 3U})
    CHECK(j["columns"][i]["figures"]["kv_bytes_per_token_per_gpu"] == 40960);  // 80 layers x 1 head x 256 x 2 B
  CHECK(j["columns"][0]["figures"]["kv_bytes_per_token_per_gpu"] == 327680);   // 8 heads
  CHECK(j["columns"][3]["kv_copies"] == 8);

  const auto text = unwrapped(run(kReplicated).out);
  CHECK(contains(text, "gqa:8, gqa:4 and mqa store the same 40,960 B per token on each GPU"));
  CHECK(contains(text,
                 "fewer TP ranks and more replicas (--tp, --dp), or with decode context parallelism: --dcp 8 "
                 "stores 5,120 B per token and GPU for mqa"));
  const auto dcp = nlohmann::json::parse(run({"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--tp", "8",
                                              "--context", "32Ki", "--attention", "mqa", "--dcp", "8", "--json"})
                                             .out);
  CHECK(dcp["memory"]["kv_bytes_per_token_per_gpu"] == 5120);
}

TEST_CASE("compare: no line is wider than the terminal, whatever the number of columns") {
  for (const int columns : {40, 60, 80, 200})
    for (const auto& args :
         {kHeads, kReplicated,
          std::vector<std::string>{"compare", "llama-3.1-8b", "qwen3-8b", "--hardware", "h100-sxm,h200-sxm,b200-sxm",
                                   "--context", "8Ki", "--attention", "mha,gqa:8,mqa"}}) {
      std::istringstream lines(run(args, columns).out);
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(cli::display_width(line) <= columns);
        CHECK_FALSE(line.ends_with(' '));
      }
    }
}

TEST_CASE("compare: a model that cannot be cut is shown with its reason beside the others") {
  const auto r =
      run({"compare", "falcon-7b", "llama-3.1-8b", "--hardware", "h100-sxm", "--tp", "8", "--context", "2Ki"});
  CHECK(r.code == Exit::ok);
  CHECK(contains(unwrapped(r.out), "Falcon-7B: --tp: 8 does not divide the 71 query heads of Falcon-7B"));
  CHECK(contains(r.out, "131,072 B"));
}

TEST_CASE("compare: when nothing can be cut it is an error") {
  const auto r = run({"compare", "falcon-7b", "--hardware", "h100-sxm", "--tp", "8", "--context", "2Ki"});
  CHECK(r.code == Exit::usage);
  CHECK(r.err.starts_with("roofcast: --tp: 8 does not divide the 71 query heads of Falcon-7B"));
}

TEST_CASE("compare: columns that hold no conversation exit 1 when none does") {
  const auto r = run({"compare", "llama-3.1-405b", "--hardware", "h100-sxm,h200-sxm", "--context", "8Ki"});
  CHECK(r.code == Exit::no);
  CHECK(contains(unwrapped(r.out), "Not one conversation of this length fits with H100 SXM5 and H200 SXM"));
}

TEST_CASE("compare: the CSV has two rows a column, the common batch and the maximum") {
  const auto csv = run(and_also(kHeads, {"--csv"})).out;
  CHECK(std::ranges::count(csv, '\n') == 1 + 2 * 4);
  CHECK(contains(csv, ",mha,h100-sxm,"));
  CHECK(contains(csv, ",mqa,h100-sxm,"));
}

TEST_CASE("compare: a column that cannot be is a CSV row with its reason") {
  const auto csv =
      run({"compare", "falcon-7b", "llama-3.1-8b", "--hardware", "h100-sxm", "--tp", "8", "--context", "2Ki", "--csv"})
          .out;
  CHECK(std::ranges::count(csv, '\n') == 1 + 1 + 2);
  CHECK(
      contains(csv, ",unsupported,1,--tp 8 does not divide the 71 query heads of Falcon-7B,,,0,0,0,0,,,Falcon-7B,\n"));
  const auto override = run({"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "2Ki", "--attention",
                             "gqa:5,gqa:4", "--csv"})
                            .out;
  CHECK(contains(
      override,
      ",unsupported,1,--attention gqa:5 does not divide the 32 query heads of Llama-3.1-8B,,,0,0,0,0,,,gqa:5,\n"));
}

TEST_CASE("compare: every unknown name of a list is reported") {
  const auto r = run({"compare", "llama-3.1-8b", "--hardware", "h100-sxn,h200-sxn", "--context", "8Ki"});
  CHECK(r.code == Exit::usage);
  CHECK(contains(r.err, "'h100-sxn'"));
  CHECK(contains(r.err, "'h200-sxn'"));
}

TEST_CASE("compare: rows of CSV tell the common batch from a column's own maximum") {
  const auto csv =
      run({"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "2Ki", "--attention", "mha,mqa", "--csv"})
          .out;
  CHECK(contains(csv, "requests_s,max_requests_s,column,at\n"));
  for (const auto* end : {",mha,common\n", ",mha,maximum\n", ",mqa,common\n", ",mqa,maximum\n"})
    CHECK(contains(csv, end));
}

TEST_CASE("compare: the same column twice is refused") {
  const auto r =
      run({"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "2Ki", "--attention", "mha,mqa,mha"});
  CHECK(r.code == Exit::usage);
  CHECK(contains(r.err, "--attention: 'mha' is given twice"));
}

TEST_CASE("compare: different models are not variants of one another") {
  const auto text =
      unwrapped(run({"compare", "llama-3.1-8b", "qwen3-8b", "--hardware", "h100-sxm", "--context", "8Ki"}).out);
  CHECK_FALSE(contains(text, "K and V projections"));
}

TEST_CASE("compare: the exit code answers the batch and the SLOs that were asked for") {
  CHECK(run(and_also(kHeads, {"--tpot", "1ms"})).code == Exit::no);  // even one conversation takes longer
  CHECK(run(and_also(kHeads, {"--tpot", "50ms"})).code == Exit::ok);
  CHECK(run(and_also(kHeads, {"--batch", "1000"})).code == Exit::no);  // mqa holds about 100
  CHECK(run(and_also(kHeads, {"--batch", "20"})).code == Exit::ok);    // not mha, but others do
  CHECK(run(and_also(kHeads, {"--batch", "20", "--tpot", "1ms"})).code == Exit::no);
}

TEST_CASE("compare: an override that cannot be among others that can is a note") {
  const auto r =
      run({"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "8Ki", "--attention", "mha,gqa:5"});
  CHECK(r.code == Exit::ok);
  CHECK(contains(unwrapped(r.out), "gqa:5: --attention: gqa:5 does not divide the 32 query heads of Llama-3.1-8B"));
}

TEST_CASE("compare: an SLO that holds batches back is named, and one that nobody keeps too") {
  const auto held = unwrapped(run(and_also(kHeads, {"--tpot", "12ms"})).out);
  CHECK(contains(held, "Decode with as many as fit and keep --tpot"));
  CHECK(contains(held, "as many as the smallest column holds within --tpot; --batch sets another number."));
  const auto missed = unwrapped(run(and_also(kHeads, {"--tpot", "1ms"})).out);
  CHECK(contains(missed, "Even one conversation misses the SLOs with mha, gqa:8, gqa:4 and mqa."));
  const auto open = unwrapped(run(kHeads).out);
  CHECK(contains(open, "Decode with as many as fit ("));
}

TEST_CASE("compare: what overrides assume is said once") {
  const auto text = unwrapped(run({"compare", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "8Ki",
                                   "--attention", "own,mqa,mla:512+64"})
                                  .out);
  CHECK(contains(text, "Assumed of mqa: query heads and head_dim stay, K/V projections follow."));
  CHECK(contains(text,
                 "Assumed of mla:512+64: query heads and head_dim stay, K/V projections follow; latent 512, rope 64, "
                 "nope and V dims = head_dim, queries not compressed."));
}
