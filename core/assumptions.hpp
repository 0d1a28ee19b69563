#pragma once

#include <string>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// What an answer to this scenario takes for granted, one sentence each, most consequential first.
[[nodiscard]] std::vector<std::string> assumptions(const Scenario& s, double batch);

/// What step times with `batch` sequences of `tokens` tokens rest on, in words: roofs, or a fit and its error.
[[nodiscard]] std::string times_basis(const Scenario& s, double batch, double tokens);

}  // namespace roofcast
