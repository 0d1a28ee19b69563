#include "hwmodels/import/tensor_names.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("a tensor's name says what it is part of", "[safetensors]") {
  using enum TensorRole;
  struct Row {
    const char* name;
    TensorRole role;
  };
  // Names as they stand in published checkpoints.
  const Row table[] = {
      {"model.layers.0.self_attn.q_proj.weight", attention},
      {"model.layers.0.self_attn.kv_a_proj_with_mqa.weight", attention},
      {"model.layers.3.self_attn.indexer.wq_b.weight", attention},
      {"model.layers.0.linear_attn.in_proj_qkvz.weight", attention},
      {"transformer.h.0.self_attention.query_key_value.weight", attention},
      {"h.0.attn.c_attn.weight", attention},
      {"backbone.layers.0.mixer.in_proj.weight", attention},
      {"model.layers.0.mamba.x_proj.weight", attention},
      {"model.layers.0.conv.in_proj.weight", attention},
      {"model.layers.0.mlp.gate_proj.weight", mlp},
      {"model.layers.0.mlp.gate_up_proj.weight", mlp},
      {"model.layers.0.feed_forward.w1.weight", mlp},
      {"transformer.h.0.mlp.dense_h_to_4h.weight", mlp},
      {"model.decoder.layers.0.fc1.weight", mlp},
      {"model.layers.3.mlp.shared_experts.up_proj.weight", mlp},
      {"model.layers.3.mlp.shared_expert.up_proj.weight", mlp},
      {"model.layers.3.shared_mlp.input_linear.weight", mlp},
      {"backbone.layers.1.mixer.up_proj.weight", mlp},
      {"backbone.layers.1.mixer.shared_experts.up_proj.weight", mlp},
      {"model.layers.3.mlp.experts.7.up_proj.weight", experts},
      {"model.layers.3.mlp.experts.gate_up_proj_blocks", experts},
      {"model.layers.3.mlp.experts.gate_up_proj_scales", experts},
      {"model.layers.3.block_sparse_moe.experts.0.w1.weight", experts},
      {"model.layers.3.block_sparse_moe.input_linear.weight", experts},
      {"backbone.layers.1.mixer.experts.5.up_proj.weight", experts},
      {"layers.3.ffn.experts.5.w1.weight", experts},
      {"model.layers.3.mlp.gate.weight", router},
      {"model.layers.3.mlp.router.weight", router},
      {"model.layers.3.block_sparse_moe.gate.weight", router},
      {"model.layers.3.block_sparse_moe.router.layer.weight", router},
      {"model.embed_tokens.weight", embedding},
      {"transformer.wte.weight", embedding},
      {"transformer.word_embeddings.weight", embedding},
      {"backbone.embeddings.weight", embedding},
      {"model.language_model.embed_tokens_per_layer.weight", lookup},
      {"lm_head.weight", lm_head},
      {"gpt_neox.embed_out.weight", lm_head},
      {"output.weight", lm_head},
      {"model.layers.0.input_layernorm.weight_table", small},
      {"model.layers.0.linear_attn.conv1d.weight", small},
      {"model.layers.0.mamba.A_log", small},
      {"model.visual.blocks.0.attn.qkv.weight", vision},
      {"vision_tower.vision_model.encoder.layers.0.self_attn.q_proj.weight", vision},
      {"multi_modal_projector.linear_1.weight", vision},
      {"mtp.layers.0.mlp.experts.0.up_proj.weight", mtp},
      {"model.layers.61.self_attn.q_a_proj.weight", mtp},
      {"model.layers.60.self_attn.q_a_proj.weight", attention},
  };
  for (const auto& row : table) {
    CAPTURE(row.name);
    CHECK(checkpoint_role(row.name, {64, 64}, 61) == row.role);
  }
}

TEST_CASE("vectors are small, unless they scale a matrix", "[safetensors]") {
  CHECK(checkpoint_role("model.layers.0.self_attn.q_proj.bias", {64}, 1) == TensorRole::small);
  CHECK(checkpoint_role("model.layers.0.mlp.shared_expert_gate.weight", {1, 64}, 1) == TensorRole::small);
  CHECK(checkpoint_role("model.layers.0.self_attn.q_proj.weight_scale", {}, 1) == TensorRole::attention);
  CHECK(checkpoint_role("model.layers.0.mlp.experts.0.up_proj.input_scale", {1}, 1) == TensorRole::experts);
}

TEST_CASE("scales, zero points and indices hold no weights", "[safetensors]") {
  for (const auto* name : {"a.weight_scale_inv", "a.qzeros", "a.g_idx", "a.scales", "a.weight_zero_point", "a.absmax"})
    CHECK(is_quantisation_data(name));
  for (const auto* name : {"a.weight", "a.qweight", "a.weight_packed", "scaler.weight"})
    CHECK_FALSE(is_quantisation_data(name));
}
