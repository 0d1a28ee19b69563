#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/device.hpp"
#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// What one device costs, or the unit that devices come in.
struct DevicePrice {
  std::string device{};  ///< id, name or alias, of a device or a system
  double usd_hour = 0;
  std::string where{};  ///< "prices.csv:3", for messages

  friend bool operator==(const DevicePrice&, const DevicePrice&) = default;
};

/// Prices from a file (docs/cli.md): CSV with the columns device and usd_hour, or JSON
/// {"schema": "roofcast/prices/1", "usd_hour": {"h100-sxm": 2.5}}. Strict: unknown columns and keys, a device twice, a
/// price that is not above 0 are errors.
[[nodiscard]] Result<std::vector<DevicePrice>> load_prices(const std::filesystem::path& file);

/// Whether it is the price of that device: by id, name or alias, letter case aside.
[[nodiscard]] bool is_of(const DevicePrice& price, const Device& device);
/// Whether it is the price of the unit that the device was asked for as: a DGX H100, 8xh100-sxm.
[[nodiscard]] bool is_of_unit(const DevicePrice& price, const Device& device);

/// USD of one device by the list: its share of the unit that it was asked for as, else its own; absent where the list
/// names neither. Errors: two rows that name one device or one unit.
[[nodiscard]] Result<std::optional<double>> listed_price(const Device& device, const std::vector<DevicePrice>& prices);

/// The devices at the list's prices; those that it does not name keep their own. A unit's price is shared by its
/// devices and goes before that of a device. Errors: two rows that name one device or one unit.
[[nodiscard]] Result<std::vector<Device>> with_prices(std::vector<Device> devices,
                                                      const std::vector<DevicePrice>& prices);

/// Rows that would be overlooked: of names that no device has, and of units whose devices are asked for singly.
[[nodiscard]] Errors overlooked_prices(const std::vector<Device>& devices, const std::vector<DevicePrice>& prices,
                                       const PresetRoots& roots);

}  // namespace roofcast
