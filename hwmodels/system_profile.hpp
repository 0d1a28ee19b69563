#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/system.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {

inline constexpr std::string_view kSystemSchema = "roofcast/system/1";

/// A system and the id of the devices that it holds.
struct SystemProfile {
  std::string id{};
  std::string name{};
  std::vector<std::string> aliases{};
  std::string device{};
  System system{};

  friend bool operator==(const SystemProfile&, const SystemProfile&) = default;
};

/// Parses a system profile ("roofcast/system/1", docs/profiles.md). `origin` only labels the errors.
[[nodiscard]] Result<SystemProfile> parse_system(std::string_view text, std::string_view origin);
[[nodiscard]] Result<SystemProfile> load_system(const std::filesystem::path& file);
/// The profile again: `parse_system(system_json(p), ...)` is `p`.
[[nodiscard]] std::string system_json(const SystemProfile& profile);

/// What a device profile says of the unit that its device is one of: the object under "system".
[[nodiscard]] System read_unit(ObjectReader& unit);
[[nodiscard]] Json unit_json(const System& system);

}  // namespace roofcast
