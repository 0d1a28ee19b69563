#pragma once

#include <optional>
#include <string>

#include "core/glossary.hpp"

namespace roofcast {

/// One term as JSON; numbers and result are null without an explanation. Ends with a newline.
[[nodiscard]] std::string term_json(const Term& term, const std::optional<Explanation>& x);

/// Every term with its meaning, formula and source.
[[nodiscard]] std::string glossary_json();

}  // namespace roofcast
