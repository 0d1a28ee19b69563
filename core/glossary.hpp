#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate.hpp"

namespace roofcast {

/// A formula with the numbers of one scenario put in.
struct Explanation {
  std::vector<std::string> numbers{};  ///< one line per addend or step
  std::string result{};                ///< "131,072 B"; or why there is none
  std::string_view label = "exact";    ///< exact | estimated | theoretical

  friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// What numbers a term is about: `explain` asks for these and for no more.
struct Needs {
  bool model = false;
  bool length = false;  ///< --context, or --isl and --osl
  bool hardware = false;

  /// All of them together make a scenario that can be estimated.
  [[nodiscard]] bool everything() const { return model && length && hardware; }
};

/// One figure that Roofcast prints: what it means, how it is computed, on whose authority.
struct Term {
  std::string_view name{};     ///< as in JSON and CSV: "kv_bytes_per_token"
  std::string_view meaning{};  ///< one sentence
  std::string_view formula{};
  std::string_view equation{};  ///< label in docs/model: "A7"
  std::string_view page{};      ///< "docs/model/attention.md"
  std::string_view source{};    ///< paper, data sheet or source code that the formula follows
  Needs needs{};
  Explanation (*of_scenario)(const Scenario&) = nullptr;  ///< set unless needs.everything()
  Explanation (*of_estimate)(const Estimate&) = nullptr;  ///< set when needs.everything()
};

[[nodiscard]] std::span<const Term> glossary();

/// By name; blanks and dashes count as underscores. Unknown names are usage errors with the nearest one.
[[nodiscard]] Result<Term> find_term(std::string_view name);

/// The term's formula with the scenario's numbers. Only what the term needs has to be there.
[[nodiscard]] Result<Explanation> explanation(const Term& term, const Scenario& scenario);

}  // namespace roofcast
