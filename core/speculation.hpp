#pragma once

#include <optional>

#include "core/model_spec.hpp"

namespace roofcast {

/// Drafts that are guessed cheaply and verified together in one step of the model.
struct Speculation {
  int draft_tokens = 0;                    ///< guessed for each sequence and step; 0: none
  double acceptance = 0;                   ///< probability that a draft is right, given that those before it are
  std::optional<ModelSpec> draft_model{};  ///< absent: the model's own MTP layer, else drafts that cost nothing

  friend bool operator==(const Speculation&, const Speculation&) = default;
};

/// (D11) Tokens that a sequence gains in one step: the drafts up to the first wrong one, and one of the model's own.
[[nodiscard]] double tokens_per_step(const Speculation& s);

/// The model's own MTP layer as a model of one layer, like its last one; nullopt where it has none.
[[nodiscard]] std::optional<ModelSpec> own_draft_model(const ModelSpec& model);

}  // namespace roofcast
