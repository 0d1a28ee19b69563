#include "hwmodels/import/hf_config_draft.hpp"

#include <fmt/format.h>

namespace roofcast::hf {

int layer_count(const Config& config) {
  return config.text.required({"num_hidden_layers", "n_layer", "n_layers", "num_layers"}, kLayers);
}

bool one_per_layer(const Config& config, std::string_view key, std::size_t entries, int layers) {
  if (entries == static_cast<std::size_t>(layers)) return true;
  config.contradiction(key, fmt::format("{} entries for {} layers", entries, layers));
  return false;
}

double norm_params(Norm norm, double width) {
  switch (norm) {
    case Norm::layer:
      return 2 * width;
    case Norm::rms:
    case Norm::layer_weight:
      return width;
    case Norm::none:
      break;
  }
  return 0;
}

double layer_norms(const Config& config, const Draft& draft) {
  return config.traits.norms * norm_params(config.traits.norm, draft.hidden);
}

}  // namespace roofcast::hf
