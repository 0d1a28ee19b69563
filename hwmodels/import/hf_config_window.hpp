#pragma once

#include <cstddef>
#include <vector>

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// How far back a softmax layer looks.
enum class Reach { full, window, chunk };

struct Reaches {
  std::vector<Reach> layers{};
  int window = 0;  ///< tokens; 0 where no layer has one
  int chunk = 0;
};

/// The reach of each layer: the `layer_types` list where there is one, else the family's own rule. A
/// window no shorter than the declared context never binds and reads as full.
[[nodiscard]] Reaches attention_reaches(const Config& config, const Draft& draft, int layers);

/// The tokens of a sliding window; an error where no key states them.
[[nodiscard]] int window_tokens(const Config& config);

[[nodiscard]] GroupedQuery reaching(GroupedQuery attention, const Reaches& reaches, std::size_t layer);

}  // namespace roofcast::hf
