#include <catch2/catch.hpp>

#include "hwmodels/import/hf_config_pattern.hpp"

using roofcast::hf::ModulePattern;

namespace {

bool covers(std::string_view pattern, std::string_view module) {
  const auto parsed = ModulePattern::parse(pattern);
  REQUIRE(parsed);
  return parsed->covers(module);
}

}  // namespace

TEST_CASE("a module path covers the module and all below it, whatever contains the layers") {
  CHECK(covers("model.layers.0.self_attn", "layers.0.self_attn.q_proj"));
  CHECK(covers("language_model.model.layers.0.self_attn", "layers.0.self_attn.q_proj"));
  CHECK(covers("backbone.layers.4.mixer.in_proj", "layers.4.mixer.in_proj"));
  CHECK_FALSE(covers("model.layers.1.self_attn", "layers.10.self_attn.q_proj"));
  CHECK_FALSE(covers("model.layers.0.self_attn.q_proj", "layers.0.self_attn"));
}

TEST_CASE("a bare name covers whole components only: gate is no gate_proj") {
  CHECK(covers("gate", "layers.3.mlp.gate"));
  CHECK_FALSE(covers("gate", "layers.3.mlp.gate_proj"));
  CHECK(covers("self_attn", "layers.3.self_attn.q_proj"));
  CHECK(covers("lm_head", "lm_head"));
}

TEST_CASE("a star stands for anything, dots included") {
  CHECK(covers("model.layers.*.self_attn", "layers.17.self_attn.q_proj"));
  CHECK(covers("*.attn.*", "layers.0.attn.wq_a"));
  CHECK(covers("model.layers.0.mlp*", "layers.0.mlp.experts.0.w1"));
  CHECK_FALSE(covers("model.layers.0.mlp*", "layers.1.mlp.down_proj"));
  CHECK(covers("model.layers.61*", "layers.61.mlp.down_proj"));
  CHECK_FALSE(covers("mtp.layers.0*", "layers.0.mlp.down_proj"));  // layers of their own
  CHECK_FALSE(covers("vision_tower.encoder.layers.0*", "layers.0.mlp.down_proj"));
}

TEST_CASE("expressions: alternatives, digits, quantifiers and anchors") {
  CHECK(covers("re:.*self_attn.*", "layers.0.self_attn.q_proj"));
  CHECK(covers("re:.*mlp\\.(gate|up|gate_up|down)_proj.*", "layers.0.mlp.down_proj"));
  CHECK_FALSE(covers("re:.*mlp\\.(gate|up|gate_up|down)_proj.*", "layers.0.mlp.experts.0.down_proj"));
  CHECK(covers("re:.*mlp.gate$", "layers.0.mlp.gate"));
  CHECK_FALSE(covers("re:.*mlp.gate$", "layers.0.mlp.gate_proj"));
  CHECK(covers("re:model\\.layers\\.\\d+\\.mlp", "layers.12.mlp.up_proj"));
  CHECK(covers("re:^model.layers.[0-9]+.mlp", "layers.12.mlp.up_proj"));
  CHECK_FALSE(covers("re:vision_tower.*", "layers.0.self_attn.q_proj"));
}

TEST_CASE("expressions beyond the subset are not understood rather than misread") {
  for (const auto* text : {"re:(?!x).*", "re:(a(b|c))d", "re:(ab)+", "re:[a-z]+", "re:a{2}", "re:\\w+", "re:*",
                           "re:a**", "re:(ab", "re:ab)", "re:\\"})
    CHECK_FALSE(ModulePattern::parse(text));
}

TEST_CASE("patterns that blow up a backtracking matcher take no time") {
  const std::string stars(199, '*');
  CHECK(covers(stars, "layers.0.mlp.down_proj"));
  CHECK_FALSE(covers("re:" + std::string(60, 'a') + ".*.*.*.*.*.*.*.*.*.*b$", std::string(150, 'a')));
  // 4^4 alternatives are more than 64
  CHECK_FALSE(ModulePattern::parse("re:(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)"));
  CHECK_FALSE(ModulePattern::parse(std::string(201, 'a')));
}

TEST_CASE("a pattern knows the one layer it is about") {
  CHECK(ModulePattern::parse("model.layers.12.mlp")->layer() == 12);
  CHECK(ModulePattern::parse("model.layers.12")->layer() == 12);
  CHECK_FALSE(ModulePattern::parse("model.layers.1*")->layer());
  CHECK_FALSE(ModulePattern::parse("model.layers.*.mlp")->layer());
  CHECK_FALSE(ModulePattern::parse("lm_head")->layer());
}
