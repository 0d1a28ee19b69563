#include "hwmodels/import/tensor_names.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace roofcast {
namespace {

using Parts = std::vector<std::string_view>;

Parts split(std::string_view name) {
  Parts parts;
  for (std::size_t dot = 0; dot != std::string_view::npos;) {
    dot = name.find('.');
    parts.push_back(name.substr(0, dot));
    if (dot != std::string_view::npos) name.remove_prefix(dot + 1);
  }
  return parts;
}

bool any_is(const Parts& parts, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(parts, [&](auto part) { return std::ranges::find(words, part) != words.end(); });
}
bool any_contains(const Parts& parts, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      parts, [&](auto part) { return std::ranges::any_of(words, [&](auto word) { return part.contains(word); }); });
}

/// The number after "layers", "h", "blocks": which layer a tensor is in.
std::optional<int> layer_of(const Parts& parts) {
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const bool list = parts[i] == "layers" || parts[i] == "h" || parts[i] == "blocks" || parts[i] == "layer";
    int layer = 0;
    const auto text = parts[i + 1];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), layer);
    if (list && error == std::errc{} && end == text.data() + text.size()) return layer;
  }
  return std::nullopt;
}

TensorRole role_in_layer(const Parts& parts) {
  const bool shared = any_is(parts, {"shared_experts", "shared_expert", "shared_mlp", "share_expert"});
  if (!shared && any_is(parts, {"experts", "input_linear", "output_linear"})) return TensorRole::experts;
  if (any_is(parts, {"router", "gate", "shared_expert_gate", "wg"})) return TensorRole::router;
  // Nemotron-H calls every block a mixer, MLPs and experts too.
  const bool mixer_mlp = any_is(parts, {"mixer"}) && any_is(parts, {"up_proj", "down_proj"});
  if (shared || mixer_mlp || any_contains(parts, {"mlp", "ffn", "feed_forward", "fc1", "fc2"})) return TensorRole::mlp;
  if (any_contains(parts, {"attn", "attention", "mixer", "mamba", "conv", "indexer"})) return TensorRole::attention;
  return TensorRole::small;
}

TensorRole role_outside(const Parts& parts) {
  if (any_is(parts, {"lm_head", "embed_out", "output_layer", "output", "head"})) return TensorRole::lm_head;
  if (any_is(parts, {"embed_tokens_per_layer"})) return TensorRole::lookup;
  if (any_contains(parts, {"embed", "wte", "wpe"})) return TensorRole::embedding;
  return TensorRole::small;
}

bool in_tower(const Parts& parts) {
  return any_contains(parts, {"vision", "visual", "audio", "image", "multi_modal", "mm_projector", "sound"});
}
bool is_prediction(const Parts& parts) {
  return any_contains(parts, {"mtp", "nextn"});
}

bool is_vector(const std::vector<std::uint64_t>& shape) {
  return std::ranges::count_if(shape, [](auto n) { return n > 1; }) <= 1;
}

}  // namespace

std::optional<int> language_layer(std::string_view name) {
  const auto parts = split(name);
  if (in_tower(parts) || is_prediction(parts)) return std::nullopt;
  return layer_of(parts);
}

bool is_quantisation_data(std::string_view name) {
  const auto parts = split(name);
  return any_contains({parts.back()}, {"scale", "zero", "g_idx", "weight_shape", "absmax", "quant_map", "quant_state"});
}

TensorRole checkpoint_role(std::string_view name, const std::vector<std::uint64_t>& shape, int layers) {
  const auto parts = split(name);
  if (in_tower(parts)) return TensorRole::vision;
  const auto layer = layer_of(parts);
  if (is_prediction(parts) || (layer && *layer >= layers)) return TensorRole::mtp;
  const bool small = is_vector(shape) || any_contains({parts.back()}, {"A_log"}) || any_contains(parts, {"conv1d"}) ||
                     any_contains(parts, {"norm"});
  if (small && !is_quantisation_data(name)) return TensorRole::small;
  return layer ? role_in_layer(parts) : role_outside(parts);
}

}  // namespace roofcast
