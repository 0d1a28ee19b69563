#pragma once

#include "core/deployment.hpp"
#include "core/engine.hpp"

namespace roofcast {

/// Batch sizes up to `most` that vLLM captures: 1, 2, 4, multiples of 8 below 256, then of 16.
[[nodiscard]] int captured_sizes(int most);

/// (M11) Memory of the CUDA graphs of one rank: an engine that estimates them by size captures prompts and
/// decode steps apart, one graph between two attentions, so one more than the stage has layers.
[[nodiscard]] Bytes captured_graphs(const ModelSpec& model, const Deployment& d, int stage, const Engine& engine,
                                    double sequences);

}  // namespace roofcast
