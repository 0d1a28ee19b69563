#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/number_format.hpp"

namespace roofcast {

/// The spelling that names of the same model share: lower case, `zhipuai/` as `zai-org/`, no `Meta-`
/// before the model's name, no `-hf` and `-Instruct` after it.
[[nodiscard]] std::string canonical_model_name(std::string_view name);

/// The part after the organisation: "llama-3.1-8b" of "meta-llama/llama-3.1-8b".
[[nodiscard]] std::string_view without_organisation(std::string_view name);

/// A name that ends in a weight format: "Qwen/Qwen3-32B-FP8" is Qwen/Qwen3-32B with fp8 weights.
struct QuantisedName {
  std::string_view base{};
  WeightFormat format{};
};
[[nodiscard]] std::optional<QuantisedName> quantised_name(std::string_view name);

}  // namespace roofcast
