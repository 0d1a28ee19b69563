#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/text_width.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

std::vector<std::string> with(std::vector<std::string> more) {
  std::vector<std::string> args{"estimate", "llama-3.1-8b", "--hardware", "h100-sxm"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

bool contains(const std::string& text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("estimate: the verdict comes first and decides the exit code") {
  const auto yes = run(with({"--context", "32Ki"}));
  CHECK(yes.code == Exit::ok);
  CHECK(yes.out.starts_with("YES: up to 13 conversations of 32,768 tokens fit on 1x H100 SXM5"));
  CHECK(yes.err.empty());

  const auto no = run(with({"--context", "32Ki", "--batch", "64"}));
  CHECK(no.code == Exit::no);
  CHECK(no.out.starts_with("NO: 64 conversations of 32,768 tokens need 256 GiB of KV cache per GPU"));
}

TEST_CASE("estimate: weights that exceed the device are an answer with their exact bytes") {
  const auto no = run({"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--context", "8Ki"});
  CHECK(no.code == Exit::no);
  CHECK(no.out.starts_with("NO: the weights of Llama-3.1-70B need 131 GiB per GPU"));
  CHECK(contains(no.out, "141,107,412,992 B"));  // 70,553,706,496 parameters x 2 B
  CHECK(contains(no.out, "--tp "));              // a remedy
}

TEST_CASE("estimate: at most three remedies, and none when it fits") {
  const auto no = run(with({"--context", "32Ki", "--batch", "14"}), 200);
  const auto start = no.out.find("What would make it fit");
  REQUIRE(start != std::string::npos);
  const auto block = no.out.substr(start, no.out.find("\n\n", start) - start);
  CHECK(std::ranges::count(block, '\n') == 3);
  CHECK_FALSE(contains(run(with({"--context", "32Ki"})).out, "What would make it fit"));
}

TEST_CASE("estimate: no line is wider than the terminal") {
  for (const int columns : {60, 80, 100, 200}) {
    for (const auto* batch : {"13", "64"}) {
      std::istringstream lines(run(with({"--context", "32Ki", "--batch", batch, "--tp", "2"}), columns).out);
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(cli::display_width(line) <= columns);
        CHECK_FALSE(line.ends_with(' '));
      }
    }
  }
}

TEST_CASE("estimate: decimal token suffixes are noted on stderr unless --quiet") {
  const auto noted = run(with({"--context", "128k"}));
  CHECK(noted.err == "note: --context: 128k is 128,000; 128Ki is 131,072\n");
  CHECK(contains(noted.out, "128,000 tokens"));
  CHECK(run(with({"--context", "128k", "--quiet"})).err.empty());
}

TEST_CASE("estimate: names of other tools are the same flags") {
  const auto ours =
      run(with({"--context", "8Ki", "--tp", "2", "--batch", "4", "--memory-utilization", "0.8", "--kv-dtype", "fp8"}));
  const auto theirs = run(with({"--max-model-len", "8Ki", "--tensor-parallel-size", "2", "--max-num-seqs", "4",
                                "--gpu-memory-utilization", "80%", "--kv-cache-dtype", "fp8"}));
  CHECK(ours.code == Exit::ok);
  CHECK(ours.out == theirs.out);
}

TEST_CASE("estimate: --gpus makes replicas of tp x pp devices") {
  const auto four = run(with({"--context", "8Ki", "--tp", "2", "--gpus", "4"}), 200);
  CHECK(contains(four.out, "4x H100 SXM5 (tp 2, dp 2)"));

  const auto five = run(with({"--context", "8Ki", "--tp", "2", "--gpus", "5"}));
  CHECK(five.code == Exit::usage);
  CHECK(five.err == "roofcast: --gpus: 5 is not a multiple of tp x pp = 2 (every replica takes tp x pp devices)\n");
  CHECK(five.out.empty());

  CHECK(run(with({"--context", "8Ki", "--dp", "3", "--gpus", "4"})).err ==
        "roofcast: --gpus: 4 is not tp x pp x dp = 3 (leave --dp out)\n");
}

TEST_CASE("estimate: every mistake of the user is one line with exit 2") {
  const auto error = [](const std::vector<std::string>& args) {
    const auto r = run(args);
    CHECK(r.code == Exit::usage);
    CHECK(r.out.empty());
    return r.err;
  };
  CHECK(error({"estimate", "lama-3.1-8b", "--hardware", "h100-sxm", "--context", "1Ki"}) ==
        "roofcast: MODEL: 'lama-3.1-8b' is not a known model (did you mean 'llama-3.1-8b'?)\n");
  CHECK(error({"estimate", "llama-3.1-8b", "--hardware", "h100-sx", "--context", "1Ki"}) ==
        "roofcast: --hardware: 'h100-sx' is not a known device (did you mean 'h100-sxm'?)\n");
  CHECK(error({"estimate", "llama-3.1-8b", "--context", "1Ki"}) ==
        "roofcast: --hardware: missing (e.g. --hardware h100-sxm)\n");
  CHECK(error(with({})) == "roofcast: --context: missing (give --context C, or both --isl I and --osl O)\n");
  CHECK(error(with({"--context", "1Ki", "--isl", "1", "--osl", "1"})) ==
        "roofcast: --context: excludes --isl and --osl (give one or the other)\n");
  CHECK(error(with({"--context", "1Ki", "--tp", "3"}))
            .starts_with("roofcast: --tp: 3 does not divide the 32 query heads of Llama-3.1-8B"));
  CHECK(error(with({"--context", "1Ki", "--kv-dtype", "fp9"})).find("did you mean 'fp8'?") != std::string::npos);
  CHECK(error(with({"--context", "1Ki", "--engine", "vlm"})) ==
        "roofcast: --engine: 'vlm' is not a known engine (did you mean 'vllm'?)\n");
  CHECK(error(with({"--context", "a lot"})) ==
        "roofcast: --context: 'a lot': expected a number of tokens, e.g. 4096 or 32Ki\n");
  CHECK(error(with({"--context", "1Ki", "--tpot", "50"})).starts_with("roofcast: --tpot: '50': expected a time"));
  CHECK(error(with({"--context", "1Ki", "--memory", "80"})).starts_with("roofcast: --memory: '80' has no unit"));
  CHECK(error(with({"--context", "1Ki", "--attention", "mqa,mha"})) ==
        "roofcast: --attention: 'mqa,mha': expected one variant (roofcast compare puts several side by side)\n");
  CHECK(error(with({"--context", "1Ki", "--attention", "gqa:5"})) ==
        "roofcast: --attention: gqa:5 does not divide the 32 query heads of Llama-3.1-8B\n");
  CHECK(error(with({"--context", "1Ki", "--json", "--csv"})) ==
        "roofcast: --csv: excludes --json (give one of them)\n");
}

TEST_CASE("estimate: a CPU has no memory of its own, it is given") {
  const auto none = run({"estimate", "llama-3.1-8b", "--hardware", "epyc-9654", "--context", "8Ki"});
  CHECK(none.code == Exit::usage);
  CHECK(contains(none.err, "--memory: "));
  CHECK(contains(none.err, "(give it, e.g. --memory 256GiB)"));
  const auto given = run({"estimate", "llama-3.1-8b", "--hardware", "epyc-9654", "--context", "8Ki", "--memory",
                          "384GiB", "--engine", "llamacpp"});
  CHECK(given.code == Exit::ok);
  CHECK(contains(given.out, "384 GiB"));
}

TEST_CASE("estimate: a model and a device may be files, a missing one is exit 4") {
  const std::string presets = std::string(ROOFCAST_SOURCE_DIR) + "/presets/";
  const auto by_path = run({"estimate", presets + "model/llama-3.1-8b.json", "--hardware",
                            presets + "gpu/h100-sxm.json", "--context", "32Ki"});
  CHECK(by_path.out == run(with({"--context", "32Ki"})).out);
  CHECK(run({"estimate", "nowhere.json", "--hardware", "h100-sxm", "--context", "1Ki"}).code == Exit::file);
}

TEST_CASE("estimate: --json and --csv give the figures of the text") {
  const auto json = nlohmann::json::parse(run(with({"--context", "32Ki", "--json"})).out);
  CHECK(json["limits"]["max_batch"] == 13);
  CHECK(json["memory"]["kv_bytes_per_token"] == 131072);

  const auto csv = run(with({"--context", "32Ki", "--csv"})).out;
  CHECK(csv.starts_with("schema,point,model,attention,hardware,engine,"));
  CHECK(contains(csv, "\n1,0,llama-3.1-8b,gqa:8,h100-sxm,vllm,1,1,1,1,1,bf16,bf16,,,32768,13,131072,"));
  CHECK(std::ranges::count(csv, '\n') == 2);
}

TEST_CASE("estimate: an attention override says what it assumes") {
  const auto mla = run(with({"--context", "32Ki", "--attention", "mla:512+64"})).out;
  CHECK(contains(mla, "36,864 B"));  // 32 layers x (512 + 64) x 2 B
  CHECK(contains(mla, "attention mla:512+64 instead of gqa:8"));
  CHECK_FALSE(contains(run(with({"--context", "32Ki", "--attention", "gqa:8"})).out, "instead of"));
}

TEST_CASE("estimate: the cost is known when a price is") {
  CHECK(contains(run(with({"--context", "32Ki", "--price", "2"})).out, "2.00 USD/h  given"));
  CHECK(contains(run(with({"--context", "32Ki", "--price", "0"})).err, "--price: '0': expected more than 0 USD"));
  CHECK(contains(run({"estimate", "llama-3.1-8b", "--hardware", "l40s", "--context", "8Ki"}).out,
                 "--price USD gives one"));
}

TEST_CASE("estimate: memory that was given is no measurement, and a CPU is no GPU") {
  const auto cpu =
      run({"estimate", "llama-3.1-8b", "--hardware", "epyc-9654", "--memory", "256GiB", "--context", "4Ki"});
  CHECK(cpu.code == Exit::ok);
  CHECK(contains(cpu.out, "given"));
  CHECK_FALSE(contains(cpu.out, "measured"));
  CHECK_FALSE(contains(cpu.out, "GPU"));
}

TEST_CASE("estimate: a context beyond the model's own is computed and said first") {
  const auto r = run(with({"--context", "200Ki", "--batch", "1"}), 200);
  CHECK(r.code == Exit::ok);
  CHECK(contains(r.out, "; the model declares"));
  CHECK(contains(r.out, "model: 131,072"));
}

TEST_CASE("estimate: names of number formats in any letter case") {
  CHECK(run(with({"--context", "32Ki", "--kv-dtype", "FP8"})).out ==
        run(with({"--context", "32Ki", "--kv-dtype", "fp8"})).out);
}

TEST_CASE("estimate: no time is no SLO") {
  CHECK(contains(run(with({"--context", "1Ki", "--tpot", "0ms"})).err, "--tpot: '0ms': expected more than no time"));
}

TEST_CASE("estimate: an engine that nobody knows lists those that are known") {
  CHECK(contains(run(with({"--context", "1Ki", "--engine", "foo"})).err, "known are llamacpp, sglang, trtllm, vllm"));
}

TEST_CASE("estimate: an SLO that is missed is a no") {
  const auto slow = run(with({"--context", "32Ki", "--batch", "13", "--tpot", "10ms"}));
  CHECK(slow.code == Exit::no);
  CHECK(contains(slow.out, "above --tpot 10.0 ms"));
  const auto kept = run(with({"--context", "32Ki", "--tpot", "10ms"}));
  CHECK(kept.code == Exit::ok);
  CHECK(contains(kept.out, "fit on 1x H100 SXM5 within --tpot"));
}

TEST_CASE("estimate: replicated KV heads are said, and so is where memory is not charged") {
  const auto replicated =
      run({"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--tp", "16", "--context", "32Ki"}, 200).out;
  CHECK(contains(replicated, "Each token is stored 2 times in a group of tp 16"));  // 8 KV heads
  const auto shared = run({"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--tp", "8", "--context", "32Ki"});
  CHECK_FALSE(contains(shared.out, "Each token is stored"));
  CHECK(contains(run(with({"--context", "32Ki", "--engine", "sglang"}), 200).out, "outside this share"));
}

TEST_CASE("estimate: changes that would make it fit must keep the SLOs too, and the heading says so") {
  const auto r = run(
      {"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--context", "32Ki", "--batch", "4", "--tpot", "10ms"});
  CHECK(r.code == Exit::no);
  CHECK_THAT(r.out, Catch::Contains("\nWhat would make it fit and keep the SLOs"));
  // Four ranks would hold it, but stream 35 GB of weights each at 3.35 TB/s: 10.5 ms.
  CHECK_THAT(r.out, !Catch::Contains("--tp 4 "));
}
