#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/device.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Parses and validates a device profile ("roofcast/device/1", docs/profiles.md). `origin` only labels
/// the errors. Reports all problems at once.
[[nodiscard]] Result<Device> parse_device(std::string_view text, std::string_view origin);
/// The only function here that touches a file.
[[nodiscard]] Result<Device> load_device(const std::filesystem::path& file);

/// The profile of a device: `parse_device(device_json(d), ...)` is `d`. Figures without an entry in
/// `sources` are written with the source "not stated".
[[nodiscard]] std::string device_json(const Device& device);

}  // namespace roofcast
