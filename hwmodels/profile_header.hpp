#pragma once

#include <string_view>

#include <fmt/format.h>

#include "hwmodels/object_reader.hpp"

namespace roofcast {

/// What every profile starts with: schema, id, name, aliases. A changed meaning gets a new schema number. False for a
/// file of another kind: that is its one mistake, and its keys say nothing.
template <class Profile>
[[nodiscard]] bool read_profile_header(ObjectReader& root, std::string_view schema, Profile& profile) {
  if (const auto found = root.text("schema"); found != schema && !found.empty()) {
    root.add("schema", fmt::format("'{}' is not supported: expected '{}'", found, schema));
    if (!found.starts_with(schema.substr(0, schema.rfind('/') + 1))) {
      root.ignore_unknown_keys();
      return false;
    }
  }
  profile.id = root.text("id");
  profile.name = root.text("name");
  profile.aliases = root.texts("aliases");
  return true;
}

template <class Profile>
Json profile_header_json(std::string_view schema, const Profile& profile) {
  Json out;
  out["schema"] = schema;
  out["id"] = profile.id;
  out["name"] = profile.name;
  if (!profile.aliases.empty()) out["aliases"] = profile.aliases;
  return out;
}

}  // namespace roofcast
