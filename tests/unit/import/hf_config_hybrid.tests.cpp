/// Models with recurrent layers: which layers they are, and what state one sequence keeps.

#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;

namespace {

double per_token(const ModelSpec& model) {
  return kv_bytes_per_token(model, KvFormat{}).in(units::byte);
}
double state(const ModelSpec& model) {
  return state_bytes_per_sequence(model).in(units::byte);
}

}  // namespace

TEST_CASE("Qwen3-Next: layers 3, 7, ... are full, 36 states of 2 MiB") {
  const auto model = imported(qwen3_next_80b());
  // 12 full layers x 2 x 256 x 2 x 2
  CHECK(per_token(model) == 24576);
  // 36 x (32 x 128 x 128 x 4 B + (2 x 16 x 128 + 32 x 128) x 3 x 2 B) = 36 x 2146304 = 73.7 MiB
  CHECK(state(model) == 36.0 * 2146304);
  CHECK(parameters(model).total == 79674391296);
  const auto listed = with(
      qwen3_next_80b(),
      {{"layer_types", repeated({"linear_attention", "linear_attention", "linear_attention", "full_attention"}, 48)}});
  CHECK(imported(listed).layers == model.layers);
}

TEST_CASE("the type of the recurrent state: as stated, else fp32 with a note") {
  const auto stated = imported(with(qwen3_next_80b(), {{"mamba_ssm_dtype", "bfloat16"}}));
  // 36 x (32 x 128 x 128 x 2 + 49152)
  CHECK(state(stated) == 36.0 * (1048576 + 49152));
  CHECK(stated.notes.empty());
  CHECK(imported(qwen3_next_80b()).notes == std::vector<std::string>{"type of the recurrent state not stated: fp32"});
  CHECK(refusal(with(qwen3_next_80b(), {{"mamba_ssm_dtype", "int8"}})).front().where == "config.json:/mamba_ssm_dtype");
}

TEST_CASE("Kimi-Linear counts its full layers from one, the last layer is full") {
  const auto model = imported(kimi_linear_48b());
  // Seven full layers x 576 x 2
  CHECK(per_token(model) == 8064);
  CHECK(std::holds_alternative<Latent>(model.kinds[static_cast<std::size_t>(model.layers[3])].attention));
  CHECK(std::holds_alternative<Latent>(model.kinds[static_cast<std::size_t>(model.layers[26])].attention));
  // 20 x (32 x 128 x 128 x 4 + 3 x 4096 x 3 x 2)
  CHECK(state(model) == 20.0 * (2097152 + 73728));
}

TEST_CASE("Kimi-Linear: a layer in no list, in both, or out of range stops the import") {
  auto config = kimi_linear_48b();
  config["linear_attn_config"]["full_attn_layers"].erase(0);
  CHECK_THAT(refusal(config).front().what, Catch::Contains("layer 4 (counted from 1) is in none"));
  config = kimi_linear_48b();
  config["linear_attn_config"]["full_attn_layers"].push_back(1);
  CHECK_THAT(refusal(config).front().what, Catch::Contains("layer 1 (counted from 1) is more than once"));
  config["linear_attn_config"]["full_attn_layers"].push_back(28);
  CHECK_THAT(refusal(config).front().what, Catch::Contains("layer 28 of a model with 27 layers"));
  CHECK(refusal(without(kimi_linear_48b(), "linear_attn_config")).front().where == "config.json:/linear_attn_config");
}

TEST_CASE("Nemotron-H: one letter per layer, MLPs and experts are layers of their own") {
  const auto model = imported(nemotron_h());
  // One attention layer x 2 x 128 x 2 x 2
  CHECK(per_token(model) == 1024);
  // Four Mamba-2 layers: 64 x 64 x 128 x 4 B + (4096 + 2 x 8 x 128) x 3 x 2 B
  CHECK(state(model) == 4.0 * (2097152 + 36864));
  const auto words =
      with(without(without(nemotron_h(), "hybrid_override_pattern"), "num_hidden_layers"),
           {{"layers_block_type", {"mamba", "moe", "mamba", "mlp", "mamba", "attention", "moe", "mamba", "moe"}}});
  CHECK(imported(words).kinds == model.kinds);
  CHECK(imported(words).layers == model.layers);
}

TEST_CASE("Nemotron-H MLPs are not gated, head widths come under two names") {
  const auto model = imported(nemotron_h());
  const auto& mlp = std::get<DenseFfn>(model.kinds[static_cast<std::size_t>(model.layers[3])].ffn);
  CHECK_FALSE(mlp.gated);
  const auto renamed = with(without(nemotron_h(), "head_dim"), {{"attention_head_dim", 128}});
  CHECK(imported(renamed).kinds == model.kinds);
}

TEST_CASE("Nemotron-H: a letter or a word that is not known stops the import") {
  CHECK_THAT(refusal(with(nemotron_h(), {{"hybrid_override_pattern", "MEM-MXEME"}})).front().what,
             Catch::Contains("'X' in layer 5"));
  CHECK_THAT(refusal(with(nemotron_h(), {{"hybrid_override_pattern", "ME"}})).front().what,
             Catch::Contains("2 entries for 9 layers"));
}

TEST_CASE("Jamba: attention at (i - 4) % 8 == 0, experts at (i - 1) % 2 == 0, dt_rank auto is a sixteenth") {
  const auto model = imported(jamba_v0_1());
  // Layers 4, 12, 20, 28: 4 x 8 x 128 x 2 x 2
  CHECK(per_token(model) == 16384);
  // 28 x (8192 x 16 x 4 + 8192 x 3 x 2)
  CHECK(state(model) == 28.0 * 573440);
  CHECK(parameters(model).total == 51570323328);
  CHECK(imported(with(jamba_v0_1(), {{"mamba_dt_rank", 256}})).kinds == model.kinds);
}

TEST_CASE("Falcon-H1 has KV and state in every layer") {
  const auto model = imported(falcon_h1_7b());
  // 44 x 2 x 128 x 2 x 2
  CHECK(per_token(model) == 45056);
  // 44 x (24 x 128 x 256 x 4 + (3072 + 512) x 3 x 2)
  CHECK(state(model) == 44.0 * 3167232);
  CHECK(imported(with(falcon_h1_7b(), {{"mamba_d_head", "auto"}})).kinds == model.kinds);
  CHECK_THAT(refusal(with(falcon_h1_7b(), {{"mamba_d_head", 64}})).front().what,
             Catch::Contains("24 heads of 64 do not make an inner width of 3072"));
}

TEST_CASE("Granite-4-H without experts uses the shared MLP alone") {
  const auto sparse = imported(granite_h());
  CHECK(std::get<MixtureOfExperts>(sparse.kinds.front().ffn).shared_intermediate == 1024);
  const auto dense = imported(with(granite_h(), {{"num_local_experts", 0}}));
  CHECK(std::get<DenseFfn>(dense.kinds.front().ffn).intermediate == 1024);
  // One attention layer x 4 x 128 x 2 x 2
  CHECK(per_token(dense) == 2048);
}

TEST_CASE("LFM2: convolutions but for the listed layers, the stated width is cut to two thirds") {
  const auto model = imported(lfm2());
  // One attention layer x 8 x 64 x 2 x 2; three convolutions keep two inputs of 2048
  CHECK(per_token(model) == 2048);
  CHECK(state(model) == 3.0 * 2048 * 2 * 2);
  // int(2 x 12288 / 3) = 8192, a multiple of 256
  CHECK(std::get<DenseFfn>(model.kinds.front().ffn).intermediate == 8192);
  const auto listed =
      with(without(lfm2(), "full_attn_idxs"), {{"layer_types", {"conv", "conv", "full_attention", "conv"}}});
  CHECK(imported(listed).layers == model.layers);
}

TEST_CASE("MiniMax-Text-01: 0 is lightning, 1 is softmax, under both spellings") {
  const auto model = imported(minimax_text());
  // One softmax layer x 8 x 128 x 2 x 2; seven states of 64 x 128 x 128 x 4
  CHECK(per_token(model) == 4096);
  CHECK(state(model) == 7.0 * 4194304);
  auto words = repeated({"linear_attention"}, 8);
  words[7] = "full_attention";
  CHECK(imported(with(without(minimax_text(), "attn_type_list"), {{"layer_types", words}})).layers == model.layers);
}
