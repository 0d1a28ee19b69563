#pragma once

/// Edits of small config files.

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace samples {

using nlohmann::json;

/// `base` with some keys set to other values.
inline json with(json base, const json& changes) {
  for (const auto& [key, value] : changes.items()) base[key] = value;
  return base;
}

inline json without(json base, const std::string& key) {
  base.erase(key);
  return base;
}

/// `n` times `pattern`, cut to `length`: layer lists.
inline json repeated(const std::vector<json>& pattern, std::size_t length) {
  json list = json::array();
  for (std::size_t i = 0; i < length; ++i) list.push_back(pattern[i % pattern.size()]);
  return list;
}

}  // namespace samples
