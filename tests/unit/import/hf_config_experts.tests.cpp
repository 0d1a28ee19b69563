/// Which layers hold experts, and how wide they are, under each family's keys.

#include <catch2/catch.hpp>

#include "core/parameters.hpp"
#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;

namespace {

/// One letter per layer: E experts, d dense.
std::string ffn_letters(const ModelSpec& model) {
  std::string letters;
  for (const int kind : model.layers)
    letters += std::holds_alternative<MixtureOfExperts>(model.kinds[static_cast<std::size_t>(kind)].ffn) ? 'E' : 'd';
  return letters;
}

const MixtureOfExperts& experts(const ModelSpec& model) {
  for (const auto& kind : model.kinds)
    if (const auto* moe = std::get_if<MixtureOfExperts>(&kind.ffn)) return *moe;
  throw std::logic_error("no experts");
}

json qwen3_moe() {
  return with(llama_3_1_8b(), {{"architectures", {"Qwen3MoeForCausalLM"}},
                               {"model_type", "qwen3_moe"},
                               {"num_hidden_layers", 6},
                               {"num_experts", 128},
                               {"num_experts_per_tok", 8},
                               {"moe_intermediate_size", 768}});
}

json ernie_moe() {
  return with(llama_3_1_8b(), {{"architectures", {"Ernie4_5_MoeForCausalLM"}},
                               {"model_type", "ernie4_5_moe"},
                               {"num_hidden_layers", 6},
                               {"moe_num_experts", 64},
                               {"moe_num_shared_experts", 2},
                               {"moe_k", 6},
                               {"moe_intermediate_size", 1536},
                               {"moe_layer_start_index", 1}});
}

}  // namespace

TEST_CASE("Mixtral's experts have the intermediate_size") {
  const auto model = imported(mixtral_8x7b());
  CHECK(parameters(model).total == 46702792704);
  CHECK(parameters(model).active == 12879925248);
}

TEST_CASE("no width is guessed where a family states moe_intermediate_size and the file does not") {
  CHECK(refusal(without(deepseek_v3(), "moe_intermediate_size")).front().where == "config.json:/moe_intermediate_size");
}

TEST_CASE("first_k_dense_replace and moe_layer_freq: dense first, then every n-th layer") {
  const auto glm = with(glm_5_2(), {{"mlp_layer_types", nullptr}, {"first_k_dense_replace", 2}});
  CHECK(ffn_letters(imported(glm)) == "ddEEEE");
  CHECK(ffn_letters(imported(with(glm, {{"moe_layer_freq", 2}}))) == "ddEdEd");
  CHECK(ffn_letters(imported(with(glm, {{"moe_layer_freq", {0, 1, 0, 1, 1, 0}}}))) == "dEdEEd");
}

TEST_CASE("mlp_layer_types says it in words and knows no others") {
  CHECK(ffn_letters(imported(glm_5_2())) == "dddEEE");
  const auto odd = with(glm_5_2(), {{"mlp_layer_types", {"dense", "sparse", "sparse", "sparse", "sparse", "huge"}}});
  CHECK_THAT(refusal(odd).front().what, Catch::Contains("'huge' in layer 5"));
}

TEST_CASE("Qwen: every decoder_sparse_step-th layer but for mlp_only_layers") {
  CHECK(ffn_letters(imported(qwen3_moe())) == "EEEEEE");
  CHECK(ffn_letters(imported(with(qwen3_moe(), {{"decoder_sparse_step", 2}}))) == "dEdEdE");
  CHECK(ffn_letters(imported(with(qwen3_moe(), {{"mlp_only_layers", {0, 3}}}))) == "dEEdEE");
}

TEST_CASE("Llama-4: one shared expert always, Maverick's dense layers are wider") {
  CHECK(experts(imported(llama_4_scout())).shared_intermediate == 8192);
  auto maverick = llama_4_scout();
  maverick["text_config"]["interleave_moe_layer_step"] = 2;
  maverick["text_config"]["num_local_experts"] = 128;
  const auto model = imported(maverick);
  CHECK(ffn_letters(model).substr(0, 4) == "dEdE");
  CHECK(std::get<DenseFfn>(model.kinds.front().ffn).intermediate == 16384);
  CHECK(parameters(model).total == 400711848960);
}

TEST_CASE("Ernie: from moe_layer_start_index on") {
  const auto model = imported(ernie_moe());
  CHECK(ffn_letters(model) == "dEEEEE");
  CHECK(experts(model).shared_intermediate == 2 * 1536);
  CHECK(ffn_letters(imported(with(ernie_moe(), {{"moe_layer_end_index", 4}, {"moe_layer_interval", 2}}))) == "dEdEdd");
}

TEST_CASE("Step: layers enumerated in a string") {
  const auto step = with(without(ernie_moe(), "moe_layer_start_index"),
                         {{"architectures", {"Step3p5ForCausalLM"}},
                          {"model_type", "step3p5"},
                          {"attention_other_setting", {{"num_attention_heads", 16}, {"num_attention_groups", 4}}},
                          {"share_expert_dim", 1280},
                          {"moe_num_shared_experts", nullptr},
                          {"moe_layers_enum", "3,4,5"}});
  CHECK(ffn_letters(imported(step)) == "dddEEE");
  CHECK(experts(imported(step)).shared_intermediate == 1280);
  CHECK(refusal(with(step, {{"moe_layers_enum", "3,4;5"}})).front().where == "config.json:/moe_layers_enum");
  // Sliding layers have heads of their own: without them the cache is not known.
  const auto trimmed = refusal(without(step, "attention_other_setting"));
  CHECK(trimmed.front().where == "config.json:/attention_other_setting");
  CHECK_THAT(trimmed.front().what, Catch::Contains("how many is not stated"));
  CHECK_THAT(refusal(with(step, {{"moe_layers_enum", "3,9"}})).front().what, Catch::Contains("layer 9 of a model"));
}

TEST_CASE("shared experts: a width of their own, a number of them, or neither") {
  // Qwen states a width, and a gate goes with it; 0 means none.
  const auto qwen = imported(qwen3_next_80b());
  CHECK(experts(qwen).shared_intermediate == 512);
  CHECK(experts(qwen).shared_gate);
  const auto none = imported(with(qwen3_next_80b(), {{"shared_expert_intermediate_size", 0}}));
  CHECK(experts(none).shared_intermediate == 0);
  CHECK_FALSE(experts(none).shared_gate);
  // DeepSeek states a number of experts of the routed width.
  CHECK(experts(imported(with(deepseek_v3(), {{"n_shared_experts", 2}}))).shared_intermediate == 4096);
  CHECK(experts(imported(with(deepseek_v3(), {{"n_shared_experts", nullptr}}))).shared_intermediate == 0);
  // Nemotron-3 states both.
  CHECK(experts(imported(nemotron_h())).shared_intermediate == 3712);
}

TEST_CASE("experts in a latent width bring two projections between the widths") {
  const auto model = imported(with(nemotron_h(), {{"moe_latent_size", 1024}}));
  CHECK(experts(model).latent == 1024);
  // An expert: 2 matrices x 1024 x 1856; per layer 128 of them, 2 x 2688 x 1024 down and up.
  const double narrower = 128.0 * 2 * (2688 - 1024) * 1856 - 2.0 * 2688 * 1024;
  CHECK(parameters(imported(nemotron_h())).total - parameters(model).total == 3 * narrower);
}

TEST_CASE("zero experts make a dense model, more experts per token than there are stop the import") {
  CHECK(ffn_letters(imported(with(qwen3_moe(), {{"num_experts", 0}}))) == "dddddd");
  CHECK_THAT(refusal(with(qwen3_moe(), {{"num_experts_per_tok", 129}})).front().what,
             Catch::Contains("129 experts per token of only 128"));
}
