/// Latent, indexed and compressed caches.

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

}  // namespace

TEST_CASE("DeepSeek-V3: one latent row serves K and V, num_key_value_heads says nothing") {
  const auto model = imported(deepseek_v3());
  // 61 x (512 + 64) x 2 B
  CHECK(per_token(model) == 70272);
  CHECK(per_token(imported(with(deepseek_v3(), {{"num_key_value_heads", 1}}))) == 70272);
  CHECK(parameters(model).total == 671026404352);
  CHECK(model.kinds.size() == 2);  // 3 dense layers, 58 with experts
  CHECK(model.notes == std::vector<std::string>{"one MTP layer not counted"});
}

TEST_CASE("a misleading head_dim beside the latent dimensions is ignored") {
  CHECK(per_token(imported(with(deepseek_v3(), {{"head_dim", 64}}))) == 70272);
}

TEST_CASE("q_lora_rank of null or 0 is a full query projection") {
  const auto lite = imported(with(deepseek_v3(), {{"q_lora_rank", nullptr}}));
  CHECK(std::get<Latent>(lite.kinds.front().attention).q_rank == 0);
  CHECK(lite.kinds == imported(with(deepseek_v3(), {{"q_lora_rank", 0}})).kinds);
}

TEST_CASE("DeepSeek-V3.2 adds one indexer key per token and layer") {
  // 61 x (576 + 128) x 2
  CHECK(per_token(imported(deepseek_v3_2())) == 85888);
}

TEST_CASE("an indexer is needed where the family has one and refused where it has none") {
  CHECK(refusal(without(deepseek_v3_2(), "index_topk")).front().where == "config.json:/index_topk");
  CHECK_THAT(refusal(with(deepseek_v3(), {{"index_topk", 2048}})).front().what,
             Catch::Contains("attention kind not understood"));
}

TEST_CASE("GLM-5.2: shared layers reuse another layer's indexer and keep no keys of their own") {
  const auto model = imported(glm_5_2());
  // 6 x 576 x 2 + 3 x 128 x 2
  CHECK(per_token(model) == 6 * 1152 + 3 * 256);
  const auto& shared = std::get<Latent>(model.kinds[static_cast<std::size_t>(model.layers[3])].attention);
  CHECK(shared.index_heads == 0);
  CHECK(shared.index_top_k == 2048);  // it still reads the chosen rows only
}

TEST_CASE("which layers share an indexer must be listed, in words that are known") {
  CHECK(refusal(without(glm_5_2(), "indexer_types")).front().where == "config.json:/index_topk_freq");
  const auto odd = with(glm_5_2(), {{"indexer_types", {"full", "full", "half", "shared", "shared", "shared"}}});
  CHECK_THAT(refusal(odd).front().what, Catch::Contains("'half' in layer 2"));
  const auto orphan = with(glm_5_2(), {{"indexer_types", {"shared", "full", "full", "shared", "shared", "shared"}}});
  CHECK_THAT(refusal(orphan).front().what, Catch::Contains("'shared' in layer 0"));
}

TEST_CASE("layer_types of a latent model must name the kind its family has") {
  const auto dsa = with(glm_5_2(), {{"layer_types", repeated({"deepseek_sparse_attention"}, 6)}});
  CHECK(imported(dsa).kinds == imported(glm_5_2()).kinds);
  CHECK_THAT(refusal(with(glm_5_2(), {{"layer_types", repeated({"full_attention"}, 6)}})).front().what,
             Catch::Contains("'full_attention' in layer 0"));
}

TEST_CASE("DeepSeek-V4: compress_ratios run over the MTP layers too, only the first entries are layers") {
  const auto model = imported(deepseek_v4());
  // Two CSA layers: (512 + 128) x 2 B / 4 tokens each; one HCA: 512 x 2 / 128; windows do not grow.
  CHECK(per_token(model) == 2 * 320 + 8);
  // At 1024 tokens: 4 windows of 128 rows x 1024 B, CSA 256 rows x 1280 B twice, HCA 8 rows x 1024 B.
  CHECK(kv_bytes_per_sequence(model, KvFormat{}, 1024).in(units::byte) == 4 * 131072 + 2 * 327680 + 8192);
  CHECK(model.layer_count() == 4);
}

TEST_CASE("DeepSeek-V4 in words: layer_types instead of ratios") {
  const auto words = with(without(deepseek_v4(), "compress_ratios"),
                          {{"layer_types",
                            {"sliding_attention", "compressed_sparse_attention", "heavily_compressed_attention",
                             "compressed_sparse_attention"}}});
  CHECK(imported(words).kinds == imported(deepseek_v4()).kinds);
  CHECK(imported(words).layers == imported(deepseek_v4()).layers);
}

TEST_CASE("a compression ratio that is not known stops the import") {
  CHECK_THAT(refusal(with(deepseek_v4(), {{"compress_ratios", {0, 4, 64, 4, 0}}})).front().what,
             Catch::Contains("a ratio of 64"));
  CHECK_THAT(refusal(with(deepseek_v4(), {{"compress_ratios", {0, 4, 128}}})).front().what,
             Catch::Contains("3 entries for 4 layers and 1 MTP layers"));
}

TEST_CASE("a V4 class under another model_type is still DeepSeek-V4") {
  CHECK(imported(with(deepseek_v4(), {{"model_type", "deepseek_ref"}})).kinds == imported(deepseek_v4()).kinds);
}

TEST_CASE("LongCat-Flash has two attention sublayers, so two caches, per layer") {
  const auto config = with(without(deepseek_v3(), "num_hidden_layers"), {{"architectures", {"LongcatFlashForCausalLM"}},
                                                                         {"model_type", "longcat_flash"},
                                                                         {"hidden_size", 6144},
                                                                         {"num_layers", 28},
                                                                         {"num_attention_heads", 64},
                                                                         {"ffn_hidden_size", 12288},
                                                                         {"intermediate_size", nullptr},
                                                                         {"expert_ffn_hidden_size", 2048},
                                                                         {"moe_intermediate_size", nullptr},
                                                                         {"n_routed_experts", 512},
                                                                         {"n_shared_experts", nullptr},
                                                                         {"zero_expert_num", 256},
                                                                         {"vocab_size", 131072},
                                                                         {"moe_topk", 12},
                                                                         {"num_experts_per_tok", nullptr}});
  const auto model = imported(config);
  // 2 x 28 x 576 x 2
  CHECK(per_token(model) == 64512);
  CHECK(parameters(model).total / 1e9 == Approx(560).epsilon(0.005));  // published: 560 B
}
