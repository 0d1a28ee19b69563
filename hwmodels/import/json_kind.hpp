#pragma once

#include <istream>

namespace roofcast {

/// What a JSON file is, by the keys of its outermost object.
enum class JsonKind {
  profile,  ///< "schema"
  index,    ///< "weight_map"
  config,   ///< neither: a Hugging Face config.json, or nothing of ours
};

/// Reads as far as it takes to tell; text that is no JSON is a config, whose reader says what is wrong.
[[nodiscard]] JsonKind json_kind(std::istream& in);

}  // namespace roofcast
