#include "hwmodels/preset_roots.hpp"

#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace roofcast {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<std::string>{value} : std::nullopt;
}

/// Why a folder's entries cannot be listed; nothing for one that can be, or that is not there.
std::optional<std::string> unreadable(const std::filesystem::path& folder) {
  std::error_code failed;
  const std::filesystem::directory_iterator entries(folder, failed);
  if (!failed) return std::nullopt;
  if (failed == std::errc::no_such_file_or_directory) return std::nullopt;
  std::error_code absent;
  if (!std::filesystem::exists(folder, absent) && !absent) return std::nullopt;
  return failed.message();
}

/// A folder and those in it, one problem each.
void add_if_folder(PresetRoots& roots, const std::filesystem::path& folder) {
  std::error_code absent;
  if (std::filesystem::is_directory(folder, absent)) roots.folders.push_back(folder);
  for (const auto& part :
       {folder, folder / "model", folder / "gpu", folder / "accelerator", folder / "cpu", folder / "engine"})
    if (const auto reason = unreadable(part)) {
      roots.problems.push_back({part.string(), fmt::format("this folder of presets cannot be read: {}", *reason),
                                "its presets would hide others of their names", ErrorKind::file});
      return;
    }
}

}  // namespace

PresetEnvironment preset_environment() {
  std::error_code unknown;
  return {.roofcast_presets = variable("ROOFCAST_PRESETS"),
          .xdg_config_home = variable("XDG_CONFIG_HOME"),
          .home = variable("HOME"),
          .executable = std::filesystem::read_symlink("/proc/self/exe", unknown)};
}

std::optional<std::filesystem::path> user_preset_folder(const PresetEnvironment& environment) {
  if (environment.xdg_config_home) return std::filesystem::path(*environment.xdg_config_home) / "roofcast/presets";
  if (environment.home) return std::filesystem::path(*environment.home) / ".config/roofcast/presets";
  return std::nullopt;
}

PresetRoots preset_roots(const PresetEnvironment& environment) {
  PresetRoots roots;
  std::string_view list = environment.roofcast_presets ? std::string_view{*environment.roofcast_presets} : "";
  while (!list.empty()) {
    const auto colon = std::min(list.find(':'), list.size());
    if (colon > 0) add_if_folder(roots, list.substr(0, colon));
    list.remove_prefix(std::min(colon + 1, list.size()));
  }

  if (const auto folder = user_preset_folder(environment)) add_if_folder(roots, *folder);

  const auto before = roots.folders.size();
  if (!environment.executable.empty())
    add_if_folder(roots, environment.executable.parent_path() / "../share/roofcast/presets");
  if (roots.folders.size() == before) add_if_folder(roots, ROOFCAST_SOURCE_PRESETS);
  return roots;
}

PresetRoots default_preset_roots() {
  return preset_roots(preset_environment());
}

}  // namespace roofcast
