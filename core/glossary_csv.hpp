#pragma once

#include <optional>
#include <string>

#include "core/glossary.hpp"

namespace roofcast {

/// term,meaning,formula,equation,page,source,numbers,result,label
[[nodiscard]] std::string glossary_csv_header();

/// One line; numbers are joined by "; ", and they, result and label are empty without an explanation.
[[nodiscard]] std::string term_csv(const Term& term, const std::optional<Explanation>& x);

/// Header and every term, without numbers.
[[nodiscard]] std::string glossary_csv();

}  // namespace roofcast
