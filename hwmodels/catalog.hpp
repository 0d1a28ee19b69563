#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"
#include "core/engine.hpp"
#include "core/model_spec.hpp"
#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Presets by name: id (= file name without .json), display name or alias, letter case aside. Models
/// also by the rules of `canonical_model_name` and `quantised_name`. An id costs one file, an alias
/// reads the folder. Unknown names are usage errors with the nearest known one.
[[nodiscard]] Result<ModelSpec> find_model(const PresetRoots& roots, std::string_view name);
/// Also by the name of a system, or as so many devices of one unit: "dgx-h200", "8xh100-sxm"; `Device::system` is then
/// there.
[[nodiscard]] Result<Device> find_device(const PresetRoots& roots, std::string_view name);
/// With the fits of its speed (serving_profile.hpp).
[[nodiscard]] Result<Engine> find_engine(const PresetRoots& roots, std::string_view name);

/// Everything a listing shows, by id; a profile that cannot be read is a problem, not the end.
template <class Profile>
struct Listing {
  std::vector<Profile> profiles{};
  Errors problems{};
};
[[nodiscard]] Listing<ModelSpec> list_models(const PresetRoots& roots);
[[nodiscard]] Listing<Device> list_devices(const PresetRoots& roots);
/// Systems as the device that each holds.
[[nodiscard]] Listing<Device> list_systems(const PresetRoots& roots);
[[nodiscard]] Listing<Engine> list_engines(const PresetRoots& roots);

/// Ids alone, sorted, no file read: for completion.
[[nodiscard]] std::vector<std::string> model_ids(const PresetRoots& roots);
[[nodiscard]] std::vector<std::string> device_ids(const PresetRoots& roots);
[[nodiscard]] std::vector<std::string> engine_ids(const PresetRoots& roots);

}  // namespace roofcast
