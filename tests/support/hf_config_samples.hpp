#pragma once

/// Small config files in the spelling of each family.

#include <vector>

#include <catch2/catch.hpp>

#include "hwmodels/import/hf_config.hpp"
#include "tests/support/hf_config_attention_samples.hpp"
#include "tests/support/hf_config_hybrid_samples.hpp"

namespace samples {

/// Every sample above.
inline std::vector<json> all() {
  return {llama_3_1_8b(),
          mistral_7b_v0_1(),
          mixtral_8x7b(),
          qwen2_7b(),
          falcon_7b(),
          starcoder(),
          chatglm3_6b(),
          mpt_7b(),
          dbrx(),
          gemma_3_27b(),
          gemma_4_31b(),
          gpt_oss_20b(),
          llama_4_scout(),
          mimo_v2_flash(),
          nemotron_nas(),
          deepseek_v3(),
          deepseek_v3_2(),
          glm_5_2(),
          deepseek_v4(),
          qwen3_next_80b(),
          kimi_linear_48b(),
          nemotron_h(),
          jamba_v0_1(),
          falcon_h1_7b(),
          granite_h(),
          lfm2(),
          minimax_text()};
}

/// The model of a config that must import; a failure prints why not.
inline roofcast::ModelSpec imported(const json& config, const json& quantisation = nullptr) {
  const auto settings = quantisation.is_null() ? std::string{} : quantisation.dump();
  const auto model = roofcast::import_hf_config(
      config.dump(), quantisation.is_null() ? std::nullopt : std::optional<std::string_view>{settings}, "config.json");
  if (!model) {
    for (const auto& e : model.error()) UNSCOPED_INFO(e.where << ": " << e.what << " (" << e.hint << ")");
    FAIL("the config was refused");
  }
  return *model;
}

/// The errors of a config that must not import.
inline roofcast::Errors refusal(const json& config) {
  const auto model = roofcast::import_hf_config(config.dump(), std::nullopt, "config.json");
  if (model) FAIL("the config was imported");
  return model.error();
}

}  // namespace samples
