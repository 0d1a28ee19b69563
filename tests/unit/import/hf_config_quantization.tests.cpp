/// Stored bytes per weight, per kind of module, for each way of writing quantisation down.

#include <catch2/catch.hpp>

#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;

namespace {

ModelSpec quantised(json base, const json& settings) {
  base["quantization_config"] = settings;
  return imported(base);
}

const ModuleFormats& formats(const ModelSpec& model, std::size_t layer = 0) {
  return model.kinds[static_cast<std::size_t>(model.layers[layer])].formats;
}

json linear_group(int bits, const char* type, int group) {
  return {
      {"group_0", {{"targets", {"Linear"}}, {"weights", {{"num_bits", bits}, {"type", type}, {"group_size", group}}}}}};
}

}  // namespace

TEST_CASE("without settings every matrix has the model's own type") {
  CHECK(formats(imported(llama_3_1_8b())) == ModuleFormats{});
  const auto half = imported(with(llama_3_1_8b(), {{"torch_dtype", "float16"}}));
  CHECK(half.dtype == "fp16");
  CHECK(formats(half).attention == *find_weight_format("fp16"));
}

TEST_CASE("fp8 with 128x128 blocks: one byte and an fp32 scale per block, head and embedding stay") {
  const auto model =
      quantised(deepseek_v3(), {{"quant_method", "fp8"}, {"fmt", "e4m3"}, {"weight_block_size", {128, 128}}});
  // 1 + 4 / 16384
  CHECK(formats(model, 60).experts == *find_weight_format("fp8_block"));
  CHECK(formats(model, 60).attention.bytes_per_weight == 1 + 4.0 / 16384);
  CHECK(model.head_format.name == "bf16");
  CHECK(model.embedding_format.name == "bf16");
  CHECK(formats(quantised(llama_3_1_8b(), {{"quant_method", "fp8"}})).mlp == *find_weight_format("fp8"));
}

TEST_CASE("GPTQ and AWQ: bits, a 16-bit scale and a zero point per group") {
  const json gptq = {{"quant_method", "gptq"}, {"bits", 4}, {"group_size", 128}};
  CHECK(formats(quantised(llama_3_1_8b(), gptq)).mlp == *find_weight_format("gptq"));
  // 8 bit: 1 + (2 + 1) / 128
  CHECK(formats(quantised(llama_3_1_8b(), with(gptq, {{"bits", 8}}))).mlp.bytes_per_weight == 1 + 3.0 / 128);
  // One group per row: the scale weighs nothing
  CHECK(formats(quantised(llama_3_1_8b(), with(gptq, {{"group_size", -1}}))).mlp.bytes_per_weight == 0.5);
  // 0.5 + (2 + 0.5) / 128 = 0.5195
  const json awq = {{"quant_method", "awq"}, {"bits", 4}, {"group_size", 128}, {"zero_point", true}};
  CHECK(formats(quantised(llama_3_1_8b(), awq)).attention.bytes_per_weight == Approx(0.5195).epsilon(1e-4));
}

TEST_CASE("compressed-tensors: int4 in groups of 32, attention and dense MLPs spared by expressions") {
  const auto model = quantised(
      deepseek_v3(),
      {{"quant_method", "compressed-tensors"},
       {"format", "pack-quantized"},
       {"config_groups", linear_group(4, "int", 32)},
       {"ignore",
        {"lm_head", "re:.*self_attn.*", "re:.*shared_experts.*", "re:.*mlp\\.(gate|up|gate_up|down)_proj.*"}}});
  // 0.5 + 2 / 32
  CHECK(formats(model, 60).experts == *find_weight_format("int4_g32"));
  CHECK(formats(model, 60).experts.bytes_per_weight == 0.5625);
  CHECK(formats(model, 60).attention.name == "bf16");
  CHECK(formats(model, 60).mlp.name == "bf16");
  CHECK(formats(model, 0).mlp.name == "bf16");
}

TEST_CASE("compressed-tensors: four-bit floats are NVFP4 in groups of 16 and MXFP4 in groups of 32") {
  const auto settings = [](int group) {
    return json{{"quant_method", "compressed-tensors"}, {"config_groups", linear_group(4, "float", group)}};
  };
  CHECK(formats(quantised(llama_3_1_8b(), settings(16))).mlp.bytes_per_weight == 0.5 + 1.0 / 16);
  CHECK(formats(quantised(llama_3_1_8b(), settings(32))).mlp == *find_weight_format("mxfp4"));
}

TEST_CASE("mxfp4 of gpt-oss covers the experts alone") {
  const auto model = imported(gpt_oss_20b());
  // 0.5 + 1 / 32 = 4.25 bit
  CHECK(formats(model).experts == *find_weight_format("mxfp4"));
  CHECK(formats(model).attention.name == "bf16");
  CHECK(notes_say(model, "dtype not stated: bf16 assumed"));
}

TEST_CASE("ModelOpt settings may be in a file of their own only") {
  const auto model = imported(
      llama_3_1_8b(),
      {{"quantization", {{"quant_algo", "FP8"}, {"kv_cache_quant_algo", "FP8"}, {"exclude_modules", {"lm_head"}}}}});
  CHECK(formats(model).attention == *find_weight_format("fp8"));
  CHECK(model.head_format.name == "bf16");
  CHECK(notes_say(model, "KV cache in FP8"));
}

TEST_CASE("settings in config.json go before those beside it") {
  auto config = llama_3_1_8b();
  config["quantization_config"] = {{"quant_method", "modelopt"}, {"quant_algo", "NVFP4"}, {"group_size", 16}};
  const auto model = imported(config, {{"quantization", {{"quant_algo", "FP8"}}}});
  CHECK(formats(model).mlp == *find_weight_format("nvfp4"));
}

TEST_CASE("settings may sit inside text_config, and quant_method may be missing") {
  auto config = gemma_3_27b();
  config["text_config"]["quantization_config"] = {
      {"quant_algo", "FP8"}, {"ignore", {"lm_head"}}, {"kv_cache_scheme", "FP8"}};
  CHECK(formats(imported(config)).mlp == *find_weight_format("fp8"));
}

TEST_CASE("modules excluded in some layers split those layers off") {
  const auto model =
      imported(llama_3_1_8b(), {{"quantization",
                                 {{"quant_algo", "NVFP4"},
                                  {"group_size", 16},
                                  {"exclude_modules", {"model.layers.0.self_attn*", "model.layers.1.*", "lm_head"}}}}});
  CHECK(formats(model, 0).attention.name == "bf16");
  CHECK(formats(model, 0).mlp.name == "nvfp4");
  CHECK(formats(model, 1).mlp.name == "bf16");
  CHECK(formats(model, 2).attention.name == "nvfp4");
  CHECK(formats(model, 10).attention.name == "nvfp4");  // layer 10 is not layer 1
  CHECK(model.kinds.size() == 3);
}

TEST_CASE("a matrix stored unlike the rest of its module keeps its own format") {
  const auto model =
      imported(llama_3_1_8b(),
               {{"quantization",
                 {{"quant_algo", "FP8"}, {"exclude_modules", repeated({"model.layers.0.self_attn.q_proj"}, 1)}}}});
  // Attention of layer 0: q and o are 4096 x 4096, k and v 1024 x 4096: 6 of 10 shares are fp8.
  CHECK(formats(model, 0).attention == *find_weight_format("fp8"));
  CHECK(formats(model, 0).exceptions == std::vector<MatrixFormat>{{"q_proj", *find_weight_format("bf16")}});
  CHECK(formats(model, 1).exceptions.empty());
}

TEST_CASE("a fused matrix whose parts are in two formats stores their mean, by parameters") {
  const auto model =
      imported(llama_3_1_8b(),
               {{"quantization",
                 {{"quant_algo", "FP8"}, {"exclude_modules", repeated({"model.layers.0.self_attn.k_proj"}, 1)}}}});
  // Half of kv_proj in bf16, half in fp8: 1.5 B.
  REQUIRE(formats(model, 0).exceptions.size() == 1);
  CHECK(formats(model, 0).exceptions.front().matrix == "kv_proj");
  CHECK(formats(model, 0).exceptions.front().format.name == "bf16+fp8");
  CHECK(formats(model, 0).exceptions.front().format.bytes_per_weight == Approx(1.5));
}

TEST_CASE("what is said of draft layers and towers is not said of the model's layers") {
  const auto model = imported(llama_3_1_8b(), {{"quantization",
                                                {{"quant_algo", "NVFP4"},
                                                 {"group_size", 16},
                                                 {"exclude_modules", {"lm_head", "mtp.layers.0*", "model.visual*"}}}}});
  CHECK(formats(model, 0).attention.name == "nvfp4");
  CHECK(model.kinds.size() == 1);
}

TEST_CASE("MIXED_PRECISION lists a format per module, what it does not list is not quantised") {
  const auto model = imported(
      nemotron_h(),
      {{"quantization",
        {{"quant_algo", "MIXED_PRECISION"},
         {"quantized_layers",
          {{"backbone.layers.0.mixer.in_proj", {{"quant_algo", "FP8"}}},
           {"backbone.layers.0.mixer.out_proj", {{"quant_algo", "FP8"}}},
           {"backbone.layers.1.mixer.experts.0.down_proj", {{"quant_algo", "W4A16_NVFP4"}, {"group_size", 16}}},
           {"backbone.layers.1.mixer.experts.1.down_proj", {{"quant_algo", "W4A16_NVFP4"}, {"group_size", 16}}},
           {"lm_head", {{"quant_algo", "W4A16_NVFP4"}, {"group_size", 16}}}}}}}});
  CHECK(formats(model, 0).attention.name == "fp8");
  CHECK(formats(model, 1).experts.bytes_per_weight == 0.5625);
  CHECK(formats(model, 1).experts.compute == Compute::bf16);  // weights only
  CHECK(formats(model, 2).attention.name == "bf16");
  CHECK(model.head_format.bytes_per_weight == 0.5625);
}

TEST_CASE("DeepSeek-V4 states the experts' type beside the layers") {
  const json fp8 = {{"quant_method", "fp8"}, {"weight_block_size", {128, 128}}};
  const auto model = quantised(with(deepseek_v4(), {{"expert_dtype", "fp4"}}), fp8);
  CHECK(formats(model).experts == *find_weight_format("mxfp4"));
  CHECK(formats(model).mlp == *find_weight_format("fp8_block"));
  CHECK(formats(quantised(with(deepseek_v4(), {{"expert_dtype", "fp8"}}), fp8)).experts.name == "fp8_block");
}

TEST_CASE("bitsandbytes: nf4 has an fp32 absmax per 64 weights, quantised again it weighs less") {
  const json nf4 = {{"quant_method", "bitsandbytes"}, {"load_in_4bit", true}, {"bnb_4bit_quant_type", "nf4"}};
  CHECK(formats(quantised(llama_3_1_8b(), nf4)).mlp == *find_weight_format("nf4"));
  // 0.5 + 1 / 64 + 4 / (64 x 256) = 0.516
  const auto twice = quantised(llama_3_1_8b(), with(nf4, {{"bnb_4bit_use_double_quant", true}}));
  CHECK(formats(twice).mlp.bytes_per_weight == Approx(0.516).epsilon(1e-3));
  CHECK(formats(quantised(llama_3_1_8b(), {{"quant_method", "bitsandbytes"}, {"load_in_8bit", true}}))
            .mlp.bytes_per_weight == 1);
}

TEST_CASE("a method, an algorithm or a pattern that is not understood stops the import") {
  const auto refused = [](const json& settings) {
    return refusal(with(llama_3_1_8b(), {{"quantization_config", settings}})).front();
  };
  CHECK(refused({{"quant_method", "aqlm"}}).where == "config.json:/quantization_config/quant_method");
  CHECK(refused({{"quant_method", "modelopt"}, {"quant_algo", "NVFP3"}}).where ==
        "config.json:/quantization_config/quant_algo");
  CHECK(refused({{"quant_method", "gptq"}, {"group_size", 128}}).where == "config.json:/quantization_config/bits");
  CHECK_THAT(refused({{"quant_method", "fp8"}, {"ignore", {"re:(?!x).*"}}}).what, Catch::Contains("(?!x).*"));
  CHECK_THAT(refused({{"quant_method", "compressed-tensors"}, {"config_groups", linear_group(5, "int", 32)}}).what,
             Catch::Contains("5 bits of type 'int'"));
}
