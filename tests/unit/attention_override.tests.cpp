#include <catch2/catch.hpp>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

ModelSpec with(const ModelSpec& m, std::string_view attention) {
  return with_attention(m, parse_attention_override(attention).value()).value();
}

std::string refusal(const ModelSpec& m, std::string_view attention) {
  const auto r = with_attention(m, parse_attention_override(attention).value());
  REQUIRE_FALSE(r.has_value());
  CHECK(r.error().front().where == "--attention");
  CHECK(r.error().front().kind == ErrorKind::usage);
  return r.error().front().what;
}

double per_token(const ModelSpec& m) {
  return kv_bytes_per_token(m, {}).in(units::byte);
}

}  // namespace

TEST_CASE("attention overrides are spelt mha, mqa, gqa:N, mla:L+R", "[core][override]") {
  for (const auto text : {"mha", "mqa", "gqa:4", "mla:512+64"})
    CHECK(attention_text(parse_attention_override(text).value()) == text);
  CHECK(parse_attention_override("mla:512")->rope == 0);
}

TEST_CASE("anything else is refused with the value and what is expected", "[core][override]") {
  for (const auto text : {"", "gqa", "gqa:", "gqa:0", "gqa:-1", "gqa:4x", "gqa:99999999999", "mla:", "mla:+64",
                          "mla:512+", "mla:512+64+1", "MHA "}) {
    CAPTURE(text);
    const auto r = parse_attention_override(text);
    REQUIRE_FALSE(r.has_value());
    CHECK(r.error().front().what == fmt::format("'{}' is not an attention variant", text));
    CHECK_FALSE(r.error().front().hint.empty());
  }
}

TEST_CASE("KV heads change the cache and the K and V projections, nothing else (A4)", "[core][override]") {
  const ModelSpec gqa = llama_3_1_8b(), mha = with(gqa, "mha"), mqa = with(gqa, "mqa");
  CHECK(per_token(mha) == 4 * per_token(gqa));
  CHECK(per_token(mqa) == per_token(gqa) / 8);
  // 32 layers x (K and V) x heads x 128 x 4096 parameters
  CHECK(parameters(mha).total - parameters(gqa).total == 32 * 2 * (32. - 8) * 128 * 4096);
  CHECK(parameters(gqa).total - parameters(mqa).total == 32 * 2 * (8. - 1) * 128 * 4096);
}

TEST_CASE("a latent override keeps heads and dims, and uses the latent as the cache (A5)", "[core][override]") {
  const ModelSpec m = with(llama_3_1_8b(), "mla:512+64");
  CHECK(per_token(m) == 32 * 576 * 2);
  const auto& a = std::get<Latent>(m.kinds.front().attention);
  CHECK(a.q_heads == 32);
  CHECK(a.nope_dim == 128);
  CHECK(a.v_dim == 128);
}

TEST_CASE("a latent model may be overridden too: its expanded heads (A6)", "[core][override]") {
  const ModelSpec m = with(deepseek_v3(), "mha");
  // K of nope + rope 192, V of 128 for each of 128 heads
  CHECK(per_token(m) == 61. * 128 * (192 + 128) * 2);
}

TEST_CASE("windows and recurrent layers stay as they are", "[core][override]") {
  const ModelSpec gemma = with(gemma_3_27b(), "mqa");
  CHECK(std::get<GroupedQuery>(gemma.kinds[1].attention).window == 1024);
  CHECK(per_token(gemma) == 10 * 2 * 128 * 2);
  const ModelSpec hybrid = with(qwen3_next(), "mha");
  CHECK(hybrid.kinds[1].attention == qwen3_next().kinds[1].attention);
}

TEST_CASE("an override that the model cannot take is refused", "[core][override]") {
  CHECK(refusal(llama_3_1_8b(), "gqa:5") == "gqa:5 does not divide the 32 query heads of Llama-3.1-8B");
  CHECK(refusal(llama_3_1_8b(), "gqa:64") == "gqa:64 does not divide the 32 query heads of Llama-3.1-8B");
  CHECK(refusal(gemma_3_27b(), "mla:512+64").find("sliding-window") != std::string::npos);
  CHECK(refusal(deepseek_v4_pro(), "mqa").find("compressed_shared") != std::string::npos);
  const ModelSpec recurrent = uniform_model("rnn", 64, 100, 2, Lightning{.heads = 2, .head_dim = 4}, NoFfn{});
  CHECK(refusal(recurrent, "mqa") == "rnn has no attention layer to override");
}

TEST_CASE("file sizes no longer apply to an overridden model", "[core][override]") {
  ModelSpec m = llama_3_1_8b();
  m.checkpoint_bytes = 16.0 * units::GB;
  CHECK_FALSE(with(m, "mqa").checkpoint_bytes.has_value());
}

TEST_CASE("a model's own attention in the same words", "[core][override]") {
  CHECK(attention_label(llama_2_7b()) == "mha");
  CHECK(attention_label(llama_3_1_8b()) == "gqa:8");
  CHECK(attention_label(falcon_7b()) == "mqa");
  CHECK(attention_label(deepseek_v3()) == "mla:512+64");
  CHECK(attention_label(gemma_3_27b()) == "gqa:16");  // said once
  CHECK(attention_label(qwen3_next()) == "gqa:2 + gated_delta");
}
