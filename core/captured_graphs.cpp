#include "core/captured_graphs.hpp"

#include <algorithm>

namespace roofcast {

int captured_sizes(int most) {
  int sizes = 0;
  for (const int small : {1, 2, 4}) sizes += small <= most ? 1 : 0;
  sizes += std::clamp(most, 0, 248) / 8;
  if (most >= 256) sizes += (most - 256) / 16 + 1;
  return sizes;
}

Bytes captured_graphs(const ModelSpec& model, const Deployment& d, int stage, const Engine& engine, double sequences) {
  constexpr int kLargest = 512;  // vLLM: max_cudagraph_capture_size, twice the sequences at most
  const auto [first, last] = stage_layers(model.layer_count(), d.pp, stage);
  const int mixed = captured_sizes(static_cast<int>(std::min(2.0 * sequences, 1.0 * kLargest)));
  const int decode = captured_sizes(static_cast<int>(std::min(sequences, 1.0 * kLargest)));
  return static_cast<double>(last - first + 1) * (mixed + decode) * engine.graph_per_layer;
}

}  // namespace roofcast
