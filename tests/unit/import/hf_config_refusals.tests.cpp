/// What is not understood gives no numbers: one clear line with the key, the value and what was expected.

#include <catch2/catch.hpp>

#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;

namespace {

Error only_error(const json& config) {
  const auto errors = refusal(config);
  for (const auto& e : errors) UNSCOPED_INFO(e.where << ": " << e.what);
  REQUIRE(errors.size() == 1);
  CHECK(errors.front().kind == ErrorKind::unsupported);
  return errors.front();
}

Errors text_errors(std::string_view text) {
  const auto model = import_hf_config(text, std::nullopt, "x/config.json");
  REQUIRE_FALSE(model);
  return model.error();
}

}  // namespace

TEST_CASE("an unknown family is refused by name, with the nearest known one") {
  const auto error = only_error({{"model_type", "lama"}, {"hidden_size", 64}});
  CHECK(error.where == "config.json:/model_type");
  CHECK_THAT(error.what, Catch::Contains("'lama'") && Catch::Contains("attention kind not understood"));
  CHECK(error.hint == "did you mean 'llama'?");
  CHECK(only_error({{"architectures", {"MambaForCausalLM"}}}).where == "config.json:/architectures");
  CHECK(only_error({{"hidden_size", 64}}).where == "config.json:/model_type");
}

TEST_CASE("a class that is not known is refused even under a known model_type") {
  CHECK(only_error(with(llama_3_1_8b(), {{"architectures", {"SparseLlamaXForCausalLM"}}})).where ==
        "config.json:/architectures");
  CHECK_THAT(only_error(with(llama_3_1_8b(), {{"architectures", {"JambaForCausalLM"}}})).what,
             Catch::Contains("contradicts model_type 'llama'"));
  // The same model with another head is still the same model.
  CHECK(imported(with(llama_3_1_8b(), {{"architectures", {"LlamaForSequenceClassification"}}})).layer_count() == 32);
}

TEST_CASE("an unknown layer type is refused with its layer") {
  auto types = repeated({"full_attention"}, 32);
  types[7] = "hyena";
  const auto error = only_error(with(llama_3_1_8b(), {{"layer_types", types}}));
  CHECK(error.where == "config.json:/layer_types");
  CHECK(error.what == "attention kind not understood: 'hyena' in layer 7");
  CHECK_THAT(only_error(with(llama_3_1_8b(), {{"layer_types", repeated({"full_attention"}, 31)}})).what,
             Catch::Contains("31 entries for 32 layers"));
}

TEST_CASE("keys of another kind of cache in a family of plain attention are refused") {
  for (const auto* key : {"kv_lora_rank", "index_topk", "attn_layer_period", "cla_share_factor"})
    CHECK(only_error(with(llama_3_1_8b(), {{key, 4}})).where == std::string{"config.json:/"} + key);
  CHECK(only_error(with(llama_3_1_8b(), {{"num_kv_shared_layers", 4}})).where == "config.json:/num_kv_shared_layers");
  CHECK(only_error(with(llama_3_1_8b(), {{"is_encoder_decoder", true}})).where == "config.json:/is_encoder_decoder");
}

TEST_CASE("a missing key is named with the names it is accepted under") {
  const auto error = only_error(without(llama_3_1_8b(), "num_hidden_layers"));
  CHECK(error.where == "config.json:/num_hidden_layers");
  CHECK(error.what == "missing");
  CHECK(error.hint == "accepted names: num_hidden_layers, n_layer, n_layers, num_layers");
}

TEST_CASE("all problems are reported at once, in nested parts with their path") {
  auto config = gemma_3_27b();
  config["text_config"]["hidden_size"] = "5376";
  config["text_config"]["num_attention_heads"] = -32;
  config["text_config"].erase("sliding_window");
  const auto errors = refusal(config);
  const auto named = [&](const char* key) {
    return std::ranges::count(errors, std::string{"config.json:/text_config/"} + key, &Error::where);
  };
  CHECK(named("hidden_size") == 1);
  CHECK(named("num_attention_heads") == 1);
  CHECK(named("sliding_window") == 1);
}

TEST_CASE("wrong types and impossible sizes are refused") {
  struct Case {
    const char* key;
    json value;
  };
  for (const auto& [key, value] :
       {Case{"hidden_size", "4096"}, Case{"hidden_size", 0}, Case{"hidden_size", -4096}, Case{"hidden_size", 1.5},
        Case{"hidden_size", 2e6}, Case{"num_hidden_layers", 10001}, Case{"num_attention_heads", 100001},
        Case{"num_hidden_layers", 1e300}, Case{"vocab_size", true}, Case{"vocab_size", json::array()},
        Case{"intermediate_size", json::object()}, Case{"torch_dtype", "float7"}, Case{"torch_dtype", 16},
        Case{"tie_word_embeddings", "no"}, Case{"max_position_embeddings", -1}, Case{"head_dim", 1e6},
        Case{"architectures", "LlamaForCausalLM"}, Case{"layer_types", "full_attention"}}) {
    INFO(key << " = " << value.dump());
    CHECK(only_error(with(llama_3_1_8b(), {{key, value}})).where == std::string{"config.json:/"} + key);
  }
}

TEST_CASE("heads that do not divide are refused") {
  CHECK_THAT(only_error(with(llama_3_1_8b(), {{"num_key_value_heads", 5}})).what,
             Catch::Contains("32 query heads cannot share 5 KV heads"));
  CHECK_THAT(only_error(with(llama_3_1_8b(), {{"num_key_value_heads", 64}})).what, Catch::Contains("64 KV heads"));
  CHECK_THAT(only_error(with(llama_3_1_8b(), {{"hidden_size", 4100}})).what,
             Catch::Contains("no multiple of 32 heads"));
}

TEST_CASE("text that is no JSON object is refused with one line") {
  CHECK_THAT(text_errors("").front().what, Catch::Contains("not valid JSON at byte"));
  CHECK_THAT(text_errors("{\"model_type\": \"llama\"").front().what, Catch::Contains("not valid JSON at byte"));
  CHECK(text_errors("[1, 2]").front().what == "a list where a JSON object was expected");
  CHECK(text_errors("{\"a\": 1, \"a\": 2}").front().what == "the key 'a' appears twice in one object");
  CHECK(text_errors("{}").front().where == "x/config.json:/model_type");
}

TEST_CASE("quantisation settings beside the file are refused under their own name") {
  const auto text = llama_3_1_8b().dump();
  const auto model = import_hf_config(text, "{\"quantization\": {\"quant_algo\": \"FP2\"}}", "m/A--B_config.json");
  REQUIRE_FALSE(model);
  CHECK(model.error().front().where == "m/A--B_hf_quant_config.json:/quantization/quant_algo");
}

TEST_CASE("layers times patterns are bounded") {
  auto config = with(llama_3_1_8b(), {{"num_hidden_layers", 4000}});
  json patterns = json::array();
  for (int i = 0; i < 5000; ++i) patterns.push_back("*.x" + std::to_string(i));
  config["quantization_config"] = {{"quant_method", "fp8"}, {"ignore", patterns}};
  CHECK(only_error(config).where == "config.json:/quantization_config");
}
