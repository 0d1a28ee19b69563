#include <catch2/catch.hpp>

#include <string_view>
#include <vector>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/gguf_models.hpp"

// Shapes of published models, so that their published parameter counts check the import as a whole.

using namespace roofcast;
using namespace roofcast::test;
using namespace roofcast::units;

namespace {

struct SsmShape {
  std::uint32_t inner, state, heads, groups, conv = 4;
};

void add_ssm_metadata(GgufWriter& w, const std::string& a, const SsmShape& s) {
  w.number(a + ".ssm.conv_kernel", s.conv);
  w.number(a + ".ssm.inner_size", s.inner);
  w.number(a + ".ssm.state_size", s.state);
  w.number(a + ".ssm.time_step_rank", s.heads);
  if (s.groups > 0) w.number(a + ".ssm.group_count", s.groups);
}

void add_mamba2(GgufWriter& w, std::uint32_t hidden, const SsmShape& s, std::uint32_t i, bool norm = true) {
  const auto channels = s.inner + 2 * s.groups * s.state;
  w.tensor(block_name(i, "ssm_in.weight"), {hidden, s.inner + channels + s.heads}, "f16");
  w.tensor(block_name(i, "ssm_conv1d.weight"), {s.conv, channels});
  w.tensor(block_name(i, "ssm_conv1d.bias"), {channels});
  w.tensor(block_name(i, "ssm_dt.bias"), {s.heads});
  w.tensor(block_name(i, "ssm_a"), {1, s.heads});
  w.tensor(block_name(i, "ssm_d"), {1, s.heads});
  if (norm) w.tensor(block_name(i, "ssm_norm.weight"), {s.inner / s.groups, s.groups});
  w.tensor(block_name(i, "ssm_out.weight"), {s.inner, hidden}, "f16");
}

void add_shared_expert(GgufWriter& w, std::uint32_t hidden, std::uint32_t width, std::uint32_t i, bool gated) {
  if (gated) w.tensor(block_name(i, "ffn_gate_shexp.weight"), {hidden, width}, "f16");
  w.tensor(block_name(i, "ffn_up_shexp.weight"), {hidden, width}, "f16");
  w.tensor(block_name(i, "ffn_down_shexp.weight"), {width, hidden}, "f16");
}

/// One value per character of `pattern`: `value` where it is `mark`, else 0.
std::vector<std::int32_t> where(std::string_view pattern, char mark, std::int32_t value) {
  std::vector<std::int32_t> out;
  for (const char c : pattern) out.push_back(c == mark ? value : 0);
  return out;
}

ModelSpec checked(const GgufWriter& w) {
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  return *model;
}

Bytes kv(const ModelSpec& model) {
  return kv_bytes_per_token(model, model_kv_format(model));
}

}  // namespace

TEST_CASE("Nemotron-3-Nano: Mamba-2, attention and MoE are layers of their own", "[gguf][import]") {
  const std::string_view pattern = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";
  const DenseShape s{.architecture = "nemotron_h_moe",
                     .layers = 52,
                     .hidden = 2688,
                     .heads = 32,
                     .kv_heads = 2,
                     .head_dim = 128,
                     .vocab = 131072};
  const SsmShape ssm{.inner = 64 * 64, .state = 128, .heads = 64, .groups = 8};
  GgufWriter w;
  add_metadata(w, s);
  add_ssm_metadata(w, s.architecture, ssm);
  w.numbers("nemotron_h_moe.attention.head_count_kv", where(pattern, '*', 2));
  w.numbers("nemotron_h_moe.feed_forward_length", where(pattern, 'E', 1856));
  w.number("nemotron_h_moe.expert_count", 128);
  w.number("nemotron_h_moe.expert_used_count", 6);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 52; ++i) {
    if (pattern[i] == 'M') {
      w.tensor(block_name(i, "attn_norm.weight"), {2688});
      add_mamba2(w, 2688, ssm, i);
    } else if (pattern[i] == '*') {
      add_attention(w, s, i);
    } else {
      w.tensor(block_name(i, "attn_norm.weight"), {2688});
      w.tensor(block_name(i, "ffn_gate_inp.weight"), {2688, 128});
      w.tensor(block_name(i, "ffn_up_exps.weight"), {2688, 1856, 128}, "f16");
      w.tensor(block_name(i, "ffn_down_exps.weight"), {1856, 2688, 128}, "f16");
      add_shared_expert(w, 2688, 3712, i, false);
    }
  }
  const auto model = checked(w);
  REQUIRE(model.kinds.size() == 3);
  CHECK(model.kinds[0].name == "mamba2");
  CHECK(model.kinds[1].name == "moe");
  CHECK(model.kinds[2].name == "full");
  CHECK(parameters(model).stored == 31577937344.0);  // as published
  CHECK(kv(model) == 6.0 * 2 * 256 * 2 * byte);      // 6 attention layers
  // 23 layers of 64 x 64 x 128 fp32 and 3 x (4096 + 2 x 8 x 128) fp16.
  CHECK(state_bytes_per_sequence(model) == 23.0 * (524288 * 4 + 3 * 6144 * 2) * byte);
}

TEST_CASE("Qwen3-Next: gated delta layers, gated attention in every fourth", "[gguf][import]") {
  const DenseShape s{.architecture = "qwen3next",
                     .layers = 48,
                     .hidden = 2048,
                     .heads = 16,
                     .kv_heads = 2,
                     .head_dim = 256,
                     .vocab = 151936};
  const SsmShape ssm{.inner = 32 * 128, .state = 128, .heads = 32, .groups = 16};
  GgufWriter w;
  add_metadata(w, s);
  add_ssm_metadata(w, s.architecture, ssm);
  w.number("qwen3next.expert_count", 512);
  w.number("qwen3next.expert_used_count", 10);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 48; ++i) {
    w.tensor(block_name(i, "post_attention_norm.weight"), {2048});
    w.tensor(block_name(i, "attn_norm.weight"), {2048});
    if (i % 4 == 3) {
      w.tensor(block_name(i, "attn_q.weight"), {2048, 2 * 16 * 256}, "f16");
      w.tensor(block_name(i, "attn_k.weight"), {2048, 512}, "f16");
      w.tensor(block_name(i, "attn_v.weight"), {2048, 512}, "f16");
      w.tensor(block_name(i, "attn_output.weight"), {4096, 2048}, "f16");
      w.tensor(block_name(i, "attn_q_norm.weight"), {256});
      w.tensor(block_name(i, "attn_k_norm.weight"), {256});
    } else {
      w.tensor(block_name(i, "attn_qkv.weight"), {2048, 8192}, "f16");
      w.tensor(block_name(i, "attn_gate.weight"), {2048, 4096}, "f16");
      w.tensor(block_name(i, "ssm_ba.weight"), {2048, 64}, "f16");
      w.tensor(block_name(i, "ssm_conv1d.weight"), {4, 8192});
      w.tensor(block_name(i, "ssm_dt.bias"), {32});
      w.tensor(block_name(i, "ssm_a"), {32});
      w.tensor(block_name(i, "ssm_norm.weight"), {128});
      w.tensor(block_name(i, "ssm_out.weight"), {4096, 2048}, "f16");
    }
    add_experts(w, s, i, 512, 512);
    add_shared_expert(w, 2048, 512, i, true);
    w.tensor(block_name(i, "ffn_gate_inp_shexp.weight"), {2048});
  }
  const auto model = checked(w);
  CHECK(parameters(model).stored == 79674391296.0);
  CHECK(std::get<GroupedQuery>(model.kinds[1].attention).output_gate);
  CHECK(kv(model) == 12.0 * 2 * 512 * 2 * byte);
  // 36 x (32 x 128 x 128 x 4 B + 3 x 8192 x 2 B): 73.7 MiB.
  CHECK(state_bytes_per_sequence(model) == 36.0 * (2097152 + 49152) * byte);

  SECTION("an interval that the tensors contradict is refused") {
    w.number("qwen3next.full_attention_interval", 6);
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.3.attn_q.weight is there, but the metadata make this a "
          "recurrent layer\n");
  }
}

TEST_CASE("Jamba: Mamba-1 with inner norms, attention in one layer of eight, MoE in every other", "[gguf][import]") {
  const std::string_view pattern = "mmmmFmmmmmmmFmmmmmmmFmmmmmmmFmmm";
  const DenseShape s{.architecture = "jamba",
                     .layers = 32,
                     .hidden = 4096,
                     .heads = 32,
                     .kv_heads = 8,
                     .head_dim = 128,
                     .intermediate = 14336,
                     .vocab = 65536};
  GgufWriter w;
  add_metadata(w, s);
  w.numbers("jamba.attention.head_count_kv", where(pattern, 'F', 8));
  add_ssm_metadata(w, "jamba", {.inner = 8192, .state = 16, .heads = 256, .groups = 0});
  w.number("jamba.expert_count", 16);
  w.number("jamba.expert_used_count", 2);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 32; ++i) {
    if (pattern[i] == 'F') {
      add_attention(w, s, i);
    } else {
      w.tensor(block_name(i, "attn_norm.weight"), {4096});
      w.tensor(block_name(i, "ssm_in.weight"), {4096, 16384}, "f16");
      w.tensor(block_name(i, "ssm_conv1d.weight"), {4, 8192});
      w.tensor(block_name(i, "ssm_conv1d.bias"), {8192});
      w.tensor(block_name(i, "ssm_x.weight"), {8192, 256 + 32}, "f16");
      w.tensor(block_name(i, "ssm_dt.weight"), {256, 8192}, "f16");
      w.tensor(block_name(i, "ssm_dt.bias"), {8192});
      w.tensor(block_name(i, "ssm_dt_norm.weight"), {256});
      w.tensor(block_name(i, "ssm_b_norm.weight"), {16});
      w.tensor(block_name(i, "ssm_c_norm.weight"), {16});
      w.tensor(block_name(i, "ssm_a"), {16, 8192});
      w.tensor(block_name(i, "ssm_d"), {8192});
      w.tensor(block_name(i, "ssm_out.weight"), {8192, 4096}, "f16");
    }
    if (i % 2 == 1) {
      w.tensor(block_name(i, "ffn_norm.weight"), {4096});
      add_experts(w, s, i, 16, 14336);
    } else {
      add_ffn(w, s, i);
    }
  }
  const auto model = checked(w);
  CHECK(parameters(model).stored == 51570323328.0);
  CHECK(kv(model) == 4.0 * 8 * 256 * 2 * byte);
  CHECK(state_bytes_per_sequence(model) == 28.0 * (8192 * 16 * 4 + 3 * 8192 * 2) * byte);

  SECTION("an attention layer that is announced as recurrent is refused") {
    w.numbers("jamba.attention.head_count_kv", where(pattern, 'x', 8));
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.4.attn_q.weight is there, but the metadata make this a "
          "recurrent layer\n");
  }
  SECTION("and the reverse") {
    w.number("jamba.attention.head_count_kv", 8);
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.0.ssm_conv1d.weight is there, but the metadata make this an "
          "attention layer\n");
  }
}

TEST_CASE("Falcon-H1: attention and Mamba-2 side by side", "[gguf][import]") {
  const DenseShape s{.architecture = "falcon-h1",
                     .layers = 32,
                     .hidden = 2560,
                     .heads = 10,
                     .kv_heads = 2,
                     .head_dim = 128,
                     .intermediate = 6144,
                     .vocab = 65536};
  const SsmShape ssm{.inner = 32 * 128, .state = 256, .heads = 32, .groups = 1};
  GgufWriter w;
  add_metadata(w, s);
  add_ssm_metadata(w, s.architecture, ssm);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 32; ++i) {
    add_attention(w, s, i);
    add_mamba2(w, 2560, ssm, i, false);
    add_ffn(w, s, i);
  }
  const auto model = checked(w);
  CHECK(parameters(model).stored == 3149256192.0);
  CHECK(kv(model) == 32.0 * 2 * 256 * 2 * byte);
  // 32 x (32 x 128 x 256 fp32 + 3 x (4096 + 2 x 256) fp16).
  CHECK(state_bytes_per_sequence(model) == 32.0 * (1048576 * 4 + 3 * 4608 * 2) * byte);
}

TEST_CASE("Granite-4.0-H-Tiny: a head_count_kv of 0 is a Mamba-2 layer with experts", "[gguf][import]") {
  const std::string_view pattern = "MMMMMFMMMMMMMMMFMMMMMMMMMFMMMMMMMMMFMMMM";
  const DenseShape s{.architecture = "granitehybrid",
                     .layers = 40,
                     .hidden = 1536,
                     .heads = 12,
                     .kv_heads = 4,
                     .head_dim = 128,
                     .intermediate = 512,
                     .vocab = 100352,
                     .tied = true};
  const SsmShape ssm{.inner = 48 * 64, .state = 128, .heads = 48, .groups = 1};
  GgufWriter w;
  add_metadata(w, s);
  add_ssm_metadata(w, s.architecture, ssm);
  w.numbers("granitehybrid.attention.head_count_kv", where(pattern, 'F', 4));
  w.number("granitehybrid.expert_count", 64);
  w.number("granitehybrid.expert_used_count", 6);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 40; ++i) {
    if (pattern[i] == 'F') {
      add_attention(w, s, i);
    } else {
      w.tensor(block_name(i, "attn_norm.weight"), {1536});
      add_mamba2(w, 1536, ssm, i);
    }
    w.tensor(block_name(i, "ffn_norm.weight"), {1536});
    add_experts(w, s, i, 64, 512);
    add_shared_expert(w, 1536, 1024, i, true);
  }
  const auto model = checked(w);
  CHECK(parameters(model).stored == 6939037248.0);
  CHECK(kv(model) == 4.0 * 4 * 256 * 2 * byte);
}

TEST_CASE("LFM2-2.6B: short convolutions keep conv - 1 inputs", "[gguf][import]") {
  const std::string_view pattern = "CCFCCFCCCFCCCFCCCFCCCFCCFCCFCC";
  const DenseShape s{.architecture = "lfm2",
                     .layers = 30,
                     .hidden = 2048,
                     .heads = 32,
                     .kv_heads = 8,
                     .head_dim = 64,
                     .intermediate = 10752,
                     .vocab = 65536,
                     .tied = true};
  GgufWriter w;
  add_metadata(w, s);
  w.numbers("lfm2.attention.head_count_kv", where(pattern, 'F', 8));
  w.number("lfm2.shortconv.l_cache", 3);
  w.tensor("token_embd.weight", {2048, 65536}, "f16");
  w.tensor("token_embd_norm.weight", {2048});
  for (std::uint32_t i = 0; i < 30; ++i) {
    if (pattern[i] == 'F') {
      add_attention(w, s, i);
      w.tensor(block_name(i, "attn_q_norm.weight"), {64});
      w.tensor(block_name(i, "attn_k_norm.weight"), {64});
    } else {
      w.tensor(block_name(i, "attn_norm.weight"), {2048});
      w.tensor(block_name(i, "shortconv.conv.weight"), {3, 2048});
      w.tensor(block_name(i, "shortconv.in_proj.weight"), {2048, 6144}, "f16");
      w.tensor(block_name(i, "shortconv.out_proj.weight"), {2048, 2048}, "f16");
    }
    add_ffn(w, s, i);
  }
  const auto model = checked(w);
  CHECK(parameters(model).stored == 2569272320.0);
  CHECK(kv(model) == 8.0 * 8 * 128 * 2 * byte);
  CHECK(state_bytes_per_sequence(model) == 22.0 * 2048 * 2 * 2 * byte);
}

TEST_CASE("Mamba has no heads and no cache", "[gguf][import]") {
  GgufWriter w;
  w.text("general.architecture", "mamba");
  w.number("mamba.block_count", 1);
  w.number("mamba.embedding_length", 64);
  w.number("mamba.attention.head_count", 0);
  w.number("mamba.feed_forward_length", 0);
  add_ssm_metadata(w, "mamba", {.inner = 128, .state = 16, .heads = 4, .groups = 0});
  add_ends(w, {.tied = true});
  w.tensor("blk.0.attn_norm.weight", {64});
  w.tensor("blk.0.ssm_in.weight", {64, 256}, "f16");
  w.tensor("blk.0.ssm_conv1d.weight", {4, 128});
  w.tensor("blk.0.ssm_conv1d.bias", {128});
  w.tensor("blk.0.ssm_x.weight", {128, 4 + 32}, "f16");
  w.tensor("blk.0.ssm_dt.weight", {4, 128}, "f16");
  w.tensor("blk.0.ssm_dt.bias", {128});
  w.tensor("blk.0.ssm_a", {16, 128});
  w.tensor("blk.0.ssm_d", {128});
  w.tensor("blk.0.ssm_out.weight", {128, 64}, "f16");
  const auto model = checked(w);
  CHECK(kv(model) == 0.0 * byte);
  CHECK(state_bytes_per_sequence(model) == (128.0 * 16 * 4 + 128.0 * 3 * 2) * byte);
}
