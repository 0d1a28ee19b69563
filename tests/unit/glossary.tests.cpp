#include "core/glossary.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/quantity_text.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

Explanation explained(std::string_view name, const Scenario& s) {
  return explanation(find_term(name).value(), s).value();
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("glossary: every term is named once and complete", "[core][glossary]") {
  std::set<std::string_view> names;
  for (const auto& t : glossary()) {
    INFO(t.name);
    CHECK(names.insert(t.name).second);
    for (const auto text : {t.meaning, t.formula, t.equation, t.page, t.source}) CHECK_FALSE(text.empty());
    CHECK((t.of_estimate != nullptr) == t.needs.everything());
    CHECK((t.of_scenario != nullptr) == !t.needs.everything());
  }
}

TEST_CASE("glossary: every equation that a term cites is derived on the page it names", "[core][glossary]") {
  const std::filesystem::path root = ROOFCAST_SOURCE_DIR;
  for (const auto& t : glossary()) {
    INFO(t.name << " " << t.equation << " " << t.page);
    const auto page = root / t.page;
    if (!std::filesystem::exists(page)) {
      WARN("docs/model is not there: labels are not checked");
      return;
    }
    CHECK(text_of(page).find("**(" + std::string(t.equation) + ")") != std::string::npos);
  }
}

TEST_CASE("glossary: every term has a result for a scenario that fits", "[core][glossary]") {
  for (const auto& t : glossary()) {
    INFO(t.name);
    const auto x = explanation(t, toy_scenario());
    REQUIRE(x);
    CHECK_FALSE(x->result.empty());
    CHECK((x->label == "exact" || x->label == "estimated" || x->label == "theoretical"));
  }
}

TEST_CASE("glossary: no speed without memory", "[core][glossary]") {
  auto s = toy_scenario();
  s.workload.batch = 11;
  for (const auto* name : {"step_ms", "tokens_s", "tokens_s_gpu", "ttft", "attention_flops", "intensity", "usd_mtok"})
    CHECK(explained(name, s).result == "no figure: 11 sequences of 100 tokens do not fit");
}

TEST_CASE("glossary: names may have blanks, dashes and a small slip", "[core][glossary]") {
  CHECK(find_term("attention flops")->name == "attention_flops");
  CHECK(find_term("kv-pool")->name == "kv_pool");
  // Keys of JSON and CSV that carry the term's figure.
  CHECK(find_term("kv_pool_bytes_per_gpu")->name == "kv_pool");
  CHECK(find_term("prefill_ms")->name == "ttft");
  CHECK(find_term("max_concurrency_full_length")->name == "concurrency");
  const auto wrong = find_term("kv_poll");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().front().kind == ErrorKind::usage);
  CHECK(wrong.error().front().what == "'kv_poll' is not a term");
  CHECK(wrong.error().front().hint == "did you mean 'kv_pool'?");
}

TEST_CASE("explain: KV bytes per token, kind by kind (A7)", "[core][glossary]") {
  const auto toy = explained("kv_bytes_per_token", toy_scenario());
  CHECK(toy.numbers == std::vector<std::string>{"1 full layers x 4 KV heads x (5 + 5) x 2 B (bf16) = 80 B"});
  CHECK(toy.result == "80 B");

  // 10 global layers x 16 x (128 + 128) x 2 B = 81,920 B; the 52 windows do not grow
  Scenario s;
  s.model = gemma_3_27b();
  const auto gemma = explained("kv_bytes_per_token", s);
  CHECK(gemma.result == "81,920 B");
  CHECK(std::ranges::any_of(gemma.numbers,
                            [](const auto& n) { return n.find("stop growing at 1,024 tokens") != n.npos; }));

  // 61 x (512 + 64) x 2 B
  s.model = deepseek_v3();
  const auto latent = explained("kv_bytes_per_token", s);
  CHECK(latent.result == "70,272 B");
  CHECK(latent.numbers.front().find("x (512 latent + 64 rope) x 2 B (bf16)") != std::string::npos);
}

TEST_CASE("explain: the share of one GPU names the copies (A9)", "[core][glossary]") {
  auto s = toy_scenario(2);
  s.deployment.tp = 4;
  const auto x = explained("kv_bytes_per_token_per_gpu", s);
  CHECK(x.result == "20 B");
  CHECK(x.numbers.back() == "full layers: 1 of 2 KV heads on each of 4 ranks (2 copies)");
}

TEST_CASE("explain: a sequence's bytes add up from layers and states (A8)", "[core][glossary]") {
  const auto toy = explained("kv_bytes_per_sequence", toy_scenario());
  CHECK(toy.numbers ==
        std::vector<std::string>{"1 full layers x 100 rows x 4 KV heads x (5 + 5) x 2 B (bf16) = 8,000 B"});
  CHECK(toy.result == "8,000 B (7.81 KiB)");
}

TEST_CASE("explain: the pool is usable minus weights minus overhead (M6)", "[core][glossary]") {
  const auto x = explained("kv_pool", toy_scenario());
  CHECK(x.result == "97.7 KiB - 15.6 KiB - 2.15 KiB = 81,800 B (79.9 KiB)");
  CHECK(x.label == "estimated");
}

TEST_CASE("explain: attention work from rows and FLOP per row (D2)", "[core][glossary]") {
  auto s = toy_scenario();
  s.workload.batch = 3;
  // 4 x 3 sequences x 4 heads x 100 tokens x 5 dims = 24,000 FLOP
  const auto x = explained("attention_flops", s);
  CHECK(x.numbers.back() == "attention: 1 layers x 3 sequences x 100 rows x 80 FLOP = 24,000 FLOP");
  CHECK(x.result.starts_with("24,000 FLOP"));
}

TEST_CASE("explain: the ridge of each number type needs the hardware alone (R2)", "[core][glossary]") {
  // 1 GFLOP/s / 1 MB/s
  Scenario s;
  s.device = toy_device();
  CHECK(explained("ridge", s).result == "1000 FLOP/B in 16 bit");
}

TEST_CASE("explain: experts touched by a batch (D3)", "[core][glossary]") {
  CHECK(explained("experts_touched", toy_scenario()).result == "no figure: Toy has no experts");
  auto s = toy_scenario();
  s.model.kinds[0].ffn = MixtureOfExperts{.experts = 8, .top_k = 2, .intermediate = 4};
  s.workload.batch = 2;
  // 8 x (1 - (6/8)^2) = 3.5
  CHECK(explained("experts_touched", s).result == "3.5 of 8 experts");
}

TEST_CASE("explain: what a deployment cannot be is an error, not a number", "[core][glossary]") {
  auto s = toy_scenario();
  s.deployment.tp = 3;
  const auto x = explanation(find_term("kv_bytes_per_token").value(), s);
  REQUIRE_FALSE(x);
  CHECK(x.error().front().where == "--tp");
}
