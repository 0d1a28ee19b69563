#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Profiles that rows of a file name again and again: each is looked for once.
template <class Profile>
using KeptProfiles = std::map<std::string, Result<Profile>, std::less<>>;

template <class Profile>
const Result<Profile>& kept(KeptProfiles<Profile>& known, const std::string& name, const PresetRoots& roots,
                            Result<Profile> (*find)(const PresetRoots&, std::string_view)) {
  const auto it = known.find(name);
  return it != known.end() ? it->second : known.emplace(name, find(roots, name)).first->second;
}

}  // namespace roofcast
