#pragma once

#include <filesystem>

#include "core/device.hpp"
#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Whether the file calls itself a profile of a system ("roofcast/system/1"), right or wrong in the rest.
[[nodiscard]] bool is_system_file(const std::filesystem::path& file);

/// The device of a profile: a device's own, or a system's of devices that are known by name; `Device::system` is then
/// there.
[[nodiscard]] Result<Device> load_hardware(const PresetRoots& roots, const std::filesystem::path& file);

}  // namespace roofcast
