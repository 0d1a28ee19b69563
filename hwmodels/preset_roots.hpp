#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// Folders that hold presets (each with model/, gpu/, accelerator/, cpu/, engine/), the strongest first:
/// a preset hides those of the same file name in later folders.
struct PresetRoots {
  std::vector<std::filesystem::path> folders{};
  Errors problems{};  ///< folders that are there and cannot be read: what they would hide must not be used
};

/// What decides where presets are looked for.
struct PresetEnvironment {
  std::optional<std::string> roofcast_presets{};  ///< $ROOFCAST_PRESETS, separated by colons
  std::optional<std::string> xdg_config_home{};
  std::optional<std::string> home{};
  std::filesystem::path executable{};  ///< of this program; empty where it cannot be known
};

[[nodiscard]] PresetEnvironment preset_environment();

/// Where a user's own presets are: $XDG_CONFIG_HOME/roofcast/presets, else below ~/.config. It need not exist.
[[nodiscard]] std::optional<std::filesystem::path> user_preset_folder(const PresetEnvironment& environment);

/// $ROOFCAST_PRESETS, the user's folder, then the shipped presets: beside the installed program, else
/// those of the source tree it was built from. Folders that do not exist are left out; those that exist and
/// cannot be read are problems.
[[nodiscard]] PresetRoots preset_roots(const PresetEnvironment& environment);
[[nodiscard]] PresetRoots default_preset_roots();

}  // namespace roofcast
