/// KV heads, head widths and windows of softmax layers: each trap of how families spell them.

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
double sequence(const ModelSpec& model, double tokens) {
  return kv_bytes_per_sequence(model, KvFormat{}, tokens).in(units::byte);
}
const GroupedQuery& attention(const ModelSpec& model, std::size_t layer) {
  return std::get<GroupedQuery>(model.kinds[static_cast<std::size_t>(model.layers[layer])].attention);
}

}  // namespace

TEST_CASE("Llama-3.1-8B: grouped heads, and a head width from hidden over heads") {
  const auto model = imported(llama_3_1_8b());
  // 32 layers x 8 heads x 128 x 2 (K and V) x 2 B = 131072
  CHECK(per_token(model) == 131072);
  CHECK(parameters(model).total == 8030261248);
  CHECK(model.kinds.size() == 1);
  CHECK(model.max_context == 131072);
}

TEST_CASE("KV heads that are absent or null are as many as query heads, and a note says so") {
  for (const auto& config :
       {without(llama_3_1_8b(), "num_key_value_heads"), with(llama_3_1_8b(), {{"num_key_value_heads", nullptr}})}) {
    const auto model = imported(config);
    // 32 x 32 x 128 x 2 x 2
    CHECK(per_token(model) == 524288);
    CHECK(model.notes == std::vector<std::string>{"KV heads not stated: as many as query heads"});
  }
}

TEST_CASE("head_dim is taken from the file even where hidden / heads says otherwise, null and 0 mean absent") {
  // Qwen3-0.6B: 128, not 1024 / 16 = 64. 28 x 8 x 128 x 2 x 2 = 114688
  const auto qwen3 = with(llama_3_1_8b(), {{"architectures", {"Qwen3ForCausalLM"}},
                                           {"model_type", "qwen3"},
                                           {"hidden_size", 1024},
                                           {"num_hidden_layers", 28},
                                           {"num_attention_heads", 16},
                                           {"head_dim", 128}});
  CHECK(per_token(imported(qwen3)) == 114688);
  CHECK(per_token(imported(with(qwen3, {{"head_dim", nullptr}}))) == 57344);
  CHECK(per_token(imported(with(qwen3, {{"head_dim", 0}}))) == 57344);
}

TEST_CASE("Falcon-7B shares one KV head whatever num_kv_heads says, the new decoder states its heads") {
  // 32 layers x 1 head x 64 x 2 x 2 B = 8192
  const auto model = imported(falcon_7b());
  CHECK(per_token(model) == 8192);
  CHECK(parameters(model).total == 6921720704);
  // Without multi_query it is multi-head: x 71
  CHECK(per_token(imported(with(falcon_7b(), {{"multi_query", false}}))) == 8192 * 71);

  const auto falcon_40b = with(falcon_7b(), {{"new_decoder_architecture", true},
                                             {"hidden_size", 8192},
                                             {"num_hidden_layers", 60},
                                             {"num_attention_heads", 128},
                                             {"num_kv_heads", 8}});
  // 60 x 8 x 64 x 2 x 2, although multi_query is true
  CHECK(per_token(imported(falcon_40b)) == 122880);
}

TEST_CASE("GPTBigCode shares one KV head unless multi_query is false") {
  // 40 layers x 1 x 128 x 2 x 2
  CHECK(per_token(imported(starcoder())) == 20480);
  CHECK(per_token(imported(with(starcoder(), {{"multi_query", false}}))) == 20480 * 48);
  // 15.5 B with the learned positions
  CHECK(parameters(imported(starcoder())).total == 15517456384);
}

TEST_CASE("ChatGLM reads multi_query_group_num before num_key_value_heads") {
  // 28 layers x 2 x 128 x 2 x 2 B; 32 heads would be 16 times as much
  CHECK(per_token(imported(chatglm3_6b())) == 28672);
  CHECK(per_token(imported(with(chatglm3_6b(), {{"multi_query_attention", false}}))) == 28672 * 16);
  CHECK(parameters(imported(chatglm3_6b())).total == 6243584000);
}

TEST_CASE("MPT and DBRX keep their KV heads in attn_config, with opposite defaults") {
  // MPT: absent means multi-head: 32 x 32 x 128 x 2 x 2
  CHECK(per_token(imported(mpt_7b())) == 524288);
  CHECK(per_token(imported(with(mpt_7b(), {{"attn_config", {{"attn_type", "multiquery_attention"}}}}))) == 524288 / 32);
  CHECK(per_token(imported(
            with(mpt_7b(), {{"attn_config", {{"attn_type", "grouped_query_attention"}, {"kv_n_heads", 8}}}}))) ==
        524288 / 4);
  // DBRX: 40 x 8 x 128 x 2 x 2; absent means one head
  CHECK(per_token(imported(dbrx())) == 163840);
  CHECK(per_token(imported(with(dbrx(), {{"attn_config", json::object()}}))) == 163840 / 8);
  CHECK(parameters(imported(dbrx())).total == 131596523520);
}

TEST_CASE("a sliding_window binds every layer of Mistral v0.1 and none where it is null") {
  const auto model = imported(mistral_7b_v0_1());
  CHECK(per_token(model) == 0);
  // min(T, 4096) x 131072
  CHECK(sequence(model, 32768) == 4096.0 * 131072);
  CHECK(per_token(imported(with(mistral_7b_v0_1(), {{"sliding_window", nullptr}}))) == 131072);
}

TEST_CASE("a window no shorter than the declared context is full attention") {
  const auto model = imported(with(mistral_7b_v0_1(), {{"sliding_window", 32768}}));
  CHECK(per_token(model) == 131072);
  CHECK(notes_say(model, "never binds"));
}

TEST_CASE("Qwen's sliding_window is idle unless use_sliding_window is true, then it binds the upper layers") {
  // 28 x 4 x 128 x 2 x 2 = 57344
  CHECK(per_token(imported(qwen2_7b())) == 57344);
  CHECK(per_token(imported(without(qwen2_7b(), "use_sliding_window"))) == 57344);
  // Layers 21..27 slide: 21 of 28 grow.
  const auto sliding = imported(with(qwen2_7b(), {{"use_sliding_window", true}, {"sliding_window", 4096}}));
  CHECK(per_token(sliding) == 21 * 2048);
  CHECK(attention(sliding, 20).window == 0);
  CHECK(attention(sliding, 21).window == 4096);
}

TEST_CASE("Gemma-3: five sliding layers, one full, 131072 tokens take 10.406 GiB") {
  const auto model = imported(gemma_3_27b());
  // 10 full layers x 131072 x 16384 B + 52 sliding x 1024 x 16384 B (a layer: 16 x 128 x 2 x 2 = 8192 x 2)
  CHECK(sequence(model, 131072) == 10.0 * 131072 * 8192 + 52.0 * 1024 * 8192);
  CHECK(sequence(model, 131072) / 0x1p30 == Approx(10.406).epsilon(1e-4));
  CHECK(attention(model, 4).window == 1024);
  CHECK(attention(model, 5).window == 0);
  CHECK(model.tied_embeddings);
  CHECK(notes_say(model, "vision tower not counted"));
  CHECK(notes_say(model, "tie_word_embeddings not stated: true"));
}

TEST_CASE("multimodal Gemma-3 files leave the 4B shape to the class defaults") {
  auto config = gemma_3_27b();
  config["text_config"] = {{"model_type", "gemma3_text"},
                           {"hidden_size", 2560},
                           {"intermediate_size", 10240},
                           {"num_hidden_layers", 34},
                           {"sliding_window", 1024}};
  const auto model = imported(config);
  // 5 full layers x 4 x 256 x 2 x 2 B
  CHECK(per_token(model) == 5 * 4096);
  CHECK(parameters(model).total == 3880263168);
  CHECK(notes_say(model, "num_key_value_heads not stated: 4, the default of its class"));
}

TEST_CASE("periods of other families: Gemma-2 2, Cohere2 4, OLMo-3 4, EXAONE-4 as a number or in letters") {
  const auto growing_layers = [](const char* type, const char* architecture, json changes) {
    changes["model_type"] = type;
    changes["architectures"] = {architecture};
    changes["sliding_window"] = 4096;
    return per_token(imported(with(llama_3_1_8b(), changes))) / 4096;
  };
  CHECK(growing_layers("gemma2", "Gemma2ForCausalLM", json::object()) == 16);
  CHECK(growing_layers("cohere2", "Cohere2ForCausalLM", {{"sliding_window_pattern", 4}}) == 8);
  CHECK(growing_layers("olmo3", "Olmo3ForCausalLM", json::object()) == 8);
  CHECK(growing_layers("exaone4", "Exaone4ForCausalLM", {{"sliding_window_pattern", "LLLG"}}) == 8);
  // 31 layers in letters: the last one is global although the pattern says local.
  CHECK(growing_layers("exaone4", "Exaone4ForCausalLM",
                       {{"sliding_window_pattern", "LLLG"}, {"num_hidden_layers", 31}}) == 8);
}

TEST_CASE("gpt-oss alternates, sliding layers first, layer_types says the same") {
  const auto by_rule = imported(gpt_oss_20b());
  // 12 of 24 layers grow: 12 x 8 x 64 x 2 x 2
  CHECK(per_token(by_rule) == 24576);
  CHECK(attention(by_rule, 0).window == 128);
  CHECK(attention(by_rule, 1).window == 0);
  CHECK(attention(by_rule, 0).sinks);
  const auto listed =
      imported(with(gpt_oss_20b(), {{"layer_types", repeated({"sliding_attention", "full_attention"}, 24)}}));
  CHECK(listed.kinds == by_rule.kinds);
  CHECK(listed.layers == by_rule.layers);
}

TEST_CASE("Llama-4: chunks of 8192 but for every fourth layer") {
  const auto model = imported(llama_4_scout());
  // 12 of 48 layers grow: 12 x 8 x 128 x 2 x 2
  CHECK(per_token(model) == 49152);
  CHECK(attention(model, 0).chunked);
  CHECK(attention(model, 0).window == 8192);
  CHECK_FALSE(attention(model, 3).chunked);
  // no_rope_layers lists them: 1 has positions and a chunk, 0 is full.
  auto config = llama_4_scout();
  config["text_config"]["no_rope_layers"] = repeated({0, 1}, 48);
  CHECK(per_token(imported(config)) == 24 * 4096);
}

TEST_CASE("Gemma-4: sliding and full layers differ in KV heads and head width") {
  const auto model = imported(gemma_4_31b());
  // 10 full layers x 4 x 512 x 2 x 2; V is K but both are stored
  CHECK(per_token(model) == 81920);
  CHECK(attention(model, 5).v_equals_k);
  CHECK(attention(model, 0).kv_heads == 16);
  CHECK(attention(model, 0).head_dim == 256);
}

TEST_CASE("the last num_kv_shared_layers layers of Gemma-4 store nothing") {
  auto config = gemma_4_31b();
  config["text_config"]["num_kv_shared_layers"] = 12;
  const auto model = imported(config);
  // Two of the ten full layers are among the last twelve.
  CHECK(per_token(model) == 81920 - 2 * 8192);
  CHECK(attention(model, 48).shared_cache);
  CHECK_FALSE(attention(model, 47).shared_cache);
}

TEST_CASE("MiMo-V2: K of 192 and V of 128, more KV heads in sliding layers, an unused chunk size") {
  const auto model = imported(mimo_v2_flash());
  // 9 full layers (0 and every sixth) x 4 x (192 + 128) x 2 B
  CHECK(per_token(model) == 23040);
  CHECK(attention(model, 1).kv_heads == 8);
  CHECK(attention(model, 1).window == 128);
  CHECK_FALSE(attention(model, 1).chunked);
  CHECK(notes_say(model, "attention_chunk_size is stated but not used"));
}

TEST_CASE("Nemotron-NAS: each block has its own KV heads and width, or none") {
  const auto model = imported(nemotron_nas());
  // 3 of 4 layers keep 64 / 8 = 8 heads: 3 x 8 x 128 x 2 x 2
  CHECK(per_token(model) == 12288);
  // round_up(int(2 x 5.25 x 8192 / 3), 256) = 28672
  CHECK(std::get<DenseFfn>(model.kinds.front().ffn).intermediate == 28672);
  CHECK(std::holds_alternative<NoMixer>(model.kinds[1].attention));
  CHECK(std::holds_alternative<NoFfn>(model.kinds[2].ffn));
  CHECK(model.layers == std::vector<int>{0, 0, 1, 2});
}
