#pragma once

#include "core/deployment.hpp"
#include "core/engine.hpp"
#include "core/model_spec.hpp"

namespace roofcast {

/// Of one element of what layers hand to each other: 16 bit in every engine modelled.
inline constexpr double kActivationBytes = 2;

/// (M10) Peak of temporary tensors on one rank while a full step of `batched_tokens` prompt tokens
/// runs, or while `sequences` rows of logits are sampled: whichever is larger. An estimate: engines
/// measure it with a profile run.
[[nodiscard]] Bytes activation_peak(const ModelSpec& model, const Deployment& d, const Engine& engine,
                                    double batched_tokens, double sequences);

}  // namespace roofcast
