#include <catch2/catch.hpp>

#include "hwmodels/model_names.hpp"

using namespace roofcast;

TEST_CASE("spellings of one model's name meet in one", "[names]") {
  for (const char* name :
       {"meta-llama/Meta-Llama-3.1-8B", "meta-llama/Llama-3.1-8B", "META-LLAMA/llama-3.1-8b-instruct",
        "meta-llama/Meta-Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-hf"})
    CHECK(canonical_model_name(name) == "meta-llama/llama-3.1-8b");
  CHECK(canonical_model_name("zhipuai/GLM-5") == "zai-org/glm-5");
  CHECK(canonical_model_name("Qwen/Qwen3-8B") == "qwen/qwen3-8b");
  CHECK(canonical_model_name("metallama") == "metallama");
  CHECK(canonical_model_name("") == "");
}

TEST_CASE("a name may end in the format of its weights", "[names]") {
  REQUIRE(quantised_name("Qwen/Qwen3-8B-FP8").has_value());
  CHECK(quantised_name("Qwen/Qwen3-8B-FP8")->base == "Qwen/Qwen3-8B");
  CHECK(quantised_name("Qwen/Qwen3-8B-FP8")->format.name == "fp8");
  CHECK(quantised_name("x-nvfp4")->format.name == "nvfp4");
  CHECK(quantised_name("x-AWQ")->format.bytes_per_weight == Approx(0.51953));  // 0.5 + 2.5/128
  CHECK_FALSE(quantised_name("Qwen/Qwen3-8B").has_value());
  CHECK_FALSE(quantised_name("-FP8").has_value());
}
