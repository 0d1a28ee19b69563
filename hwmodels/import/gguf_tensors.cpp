#include "hwmodels/import/gguf_tensors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hwmodels/import/printable.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kBlock = "blk.";

/// "blk.12.attn_q.weight" is {12, "attn_q.weight"}.
std::optional<std::pair<int, std::string_view>> block_and_name(std::string_view name) {
  if (!name.starts_with(kBlock)) return std::nullopt;
  name.remove_prefix(kBlock.size());
  int block = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), block);
  const auto digits = static_cast<std::size_t>(end - name.data());
  if (error != std::errc{} || block < 0 || digits >= name.size() || name[digits] != '.') return std::nullopt;
  return std::pair{block, name.substr(digits + 1)};
}

/// All dimensions but one are 1.
bool is_vector(const GgufTensor& t) {
  return t.elements == *std::ranges::max_element(t.dims);
}

/// Tables of a token mixer or an expert bank that are no matrices to multiply with.
bool is_small_table(std::string_view name) {
  constexpr std::array kTables{"ssm_conv1d.weight",
                               "ssm_a",
                               "ssm_d",
                               "ssm_norm.weight",
                               "ssm_dt_norm.weight",
                               "shortconv.conv.weight",
                               "attn_q_norm.weight",
                               "attn_k_norm.weight"};
  return std::ranges::find(kTables, name) != kTables.end() || name.ends_with(".bias") || name.ends_with(".scale") ||
         name.ends_with(".input_scale");
}

bool is_expert(std::string_view name) {
  // "ffn_up_exps.weight", or one tensor per expert: "ffn_up.3.weight".
  if (name.contains("_exps.")) return true;
  for (const std::string_view part : {"ffn_gate.", "ffn_up.", "ffn_down."})
    if (name.starts_with(part) && name.size() > part.size() && name[part.size()] >= '0' && name[part.size()] <= '9')
      return true;
  return false;
}

}  // namespace

const GgufTensor* GgufBlock::find(std::string_view name) const {
  const auto it = tensors.find(name);
  return it == tensors.end() ? nullptr : it->second;
}

Result<GgufTensorIndex> index_tensors(const GgufHeader& header, int blocks, const std::string& origin) {
  GgufTensorIndex index;
  for (int i = 0; i < blocks; ++i) index.blocks.push_back({.index = i});
  for (const auto& t : header.tensors) {
    const auto place = block_and_name(t.name);
    if (!place) {
      index.others.emplace(t.name, &t);
    } else if (place->first < blocks) {
      index.blocks[static_cast<std::size_t>(place->first)].tensors.emplace(place->second, &t);
    } else {
      return fail(fmt::format("{}:/tensors/{}", origin, printable(t.name)),
                  fmt::format("is in block {}, but block_count is {}", place->first, blocks));
    }
  }
  return index;
}

TensorRole block_role(std::string_view name, const GgufTensor& tensor) {
  if (is_vector(tensor) || is_small_table(name)) return TensorRole::small;
  if (is_expert(name)) return TensorRole::experts;
  if (name.starts_with("ffn_gate_inp.")) return TensorRole::router;
  return name.starts_with("ffn_") ? TensorRole::mlp : TensorRole::attention;
}

std::optional<TensorRole> end_role(std::string_view name, const GgufTensor& tensor) {
  if (name == "token_embd.weight" || name == "position_embd.weight") return TensorRole::embedding;
  if (name == "output.weight") return TensorRole::lm_head;
  if (name.starts_with("v.") || name.starts_with("a.") || name.starts_with("mm.")) return TensorRole::vision;
  if (is_vector(tensor)) return TensorRole::small;
  return std::nullopt;
}

std::string shape_text(const std::vector<std::uint64_t>& dims) {
  return fmt::format("[{}]", fmt::join(dims, ", "));
}

}  // namespace roofcast
