#pragma once

#include <string_view>

#include "core/engine.hpp"

namespace roofcast {

/// The engine as an older version of it was. vLLM before 0.8 (its first engine): prompts up to 32 Ki tokens are never
/// cut, so that the profile run has the longest one; logits are sorted in fp32; the memory of driver and kernels counts
/// against the fraction, captured graphs and latent workspaces do not. Versions that are not known are today's.
[[nodiscard]] Engine at_version(Engine engine, std::string_view version, double longest_tokens);

}  // namespace roofcast
