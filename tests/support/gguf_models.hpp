#pragma once

#include <sstream>
#include <string>

#include <fmt/format.h>

#include "core/result.hpp"
#include "hwmodels/import/gguf_model.hpp"
#include "tests/support/gguf_writer.hpp"

namespace roofcast::test {

/// A dense model with grouped-query attention, as llama.cpp's converter writes it.
struct DenseShape {
  std::string architecture = "llama";
  std::uint32_t layers = 2;
  std::uint32_t hidden = 64;
  std::uint32_t heads = 4;
  std::uint32_t kv_heads = 2;
  std::uint32_t head_dim = 16;
  std::uint32_t intermediate = 96;
  std::uint32_t vocab = 100;
  std::uint32_t context = 4096;
  bool tied = false;
  std::string type = "f16";
};

inline std::string block_name(std::uint32_t block, std::string_view name) {
  return fmt::format("blk.{}.{}", block, name);
}

inline void add_metadata(GgufWriter& w, const DenseShape& s) {
  const auto& a = s.architecture;
  w.text("general.architecture", a);
  w.number(a + ".block_count", s.layers);
  w.number(a + ".context_length", s.context);
  w.number(a + ".embedding_length", s.hidden);
  w.number(a + ".feed_forward_length", s.intermediate);
  w.number(a + ".attention.head_count", s.heads);
  w.number(a + ".attention.head_count_kv", s.kv_heads);
  w.number(a + ".attention.key_length", s.head_dim);
  w.number(a + ".attention.value_length", s.head_dim);
}

inline void add_ends(GgufWriter& w, const DenseShape& s) {
  w.tensor("token_embd.weight", {s.hidden, s.vocab}, s.type);
  w.tensor("output_norm.weight", {s.hidden});
  if (!s.tied) w.tensor("output.weight", {s.hidden, s.vocab}, s.type);
}

inline void add_attention(GgufWriter& w, const DenseShape& s, std::uint32_t block) {
  w.tensor(block_name(block, "attn_norm.weight"), {s.hidden});
  w.tensor(block_name(block, "attn_q.weight"), {s.hidden, s.heads * s.head_dim}, s.type);
  w.tensor(block_name(block, "attn_k.weight"), {s.hidden, s.kv_heads * s.head_dim}, s.type);
  w.tensor(block_name(block, "attn_v.weight"), {s.hidden, s.kv_heads * s.head_dim}, s.type);
  w.tensor(block_name(block, "attn_output.weight"), {s.heads * s.head_dim, s.hidden}, s.type);
}

inline void add_ffn(GgufWriter& w, const DenseShape& s, std::uint32_t block) {
  w.tensor(block_name(block, "ffn_norm.weight"), {s.hidden});
  w.tensor(block_name(block, "ffn_gate.weight"), {s.hidden, s.intermediate}, s.type);
  w.tensor(block_name(block, "ffn_up.weight"), {s.hidden, s.intermediate}, s.type);
  w.tensor(block_name(block, "ffn_down.weight"), {s.intermediate, s.hidden}, s.type);
}

/// experts x {gate, up, down} and the router.
inline void add_experts(GgufWriter& w, const DenseShape& s, std::uint32_t block, std::uint64_t experts,
                        std::uint64_t intermediate) {
  w.tensor(block_name(block, "ffn_gate_inp.weight"), {s.hidden, experts});
  w.tensor(block_name(block, "ffn_gate_exps.weight"), {s.hidden, intermediate, experts}, s.type);
  w.tensor(block_name(block, "ffn_up_exps.weight"), {s.hidden, intermediate, experts}, s.type);
  w.tensor(block_name(block, "ffn_down_exps.weight"), {intermediate, s.hidden, experts}, s.type);
}

inline GgufWriter dense_gguf(const DenseShape& s = {}) {
  GgufWriter w;
  add_metadata(w, s);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < s.layers; ++i) {
    add_attention(w, s, i);
    add_ffn(w, s, i);
  }
  return w;
}

inline Result<GgufHeader> parsed(const std::string& header, std::uint64_t file_bytes) {
  std::istringstream in(header);
  return parse_gguf_header(in, file_bytes, "m.gguf");
}

/// The model of a file whose data are not written.
inline Result<ModelSpec> imported(const GgufWriter& w) {
  const auto header = parsed(w.header(), w.file_bytes());
  if (!header) return std::unexpected(header.error());
  return gguf_model(*header, "m.gguf");
}

/// "where what" of each error, one a line.
inline std::string text_of(const Errors& errors) {
  std::string all;
  for (const auto& e : errors) all += fmt::format("{} {}\n", e.where, e.what);
  return all;
}
template <class T>
std::string errors_of(const Result<T>& result) {
  return result ? std::string("no error") : text_of(result.error());
}

}  // namespace roofcast::test
