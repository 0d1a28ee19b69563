#include "hwmodels/hardware_file.hpp"

#include <utility>

#include <fmt/format.h>

#include "hwmodels/catalog.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/system_profile.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

/// Those of a system file, which must be known as devices alone.
Result<Device> devices_of(const PresetRoots& roots, SystemProfile profile, const std::filesystem::path& file) {
  const auto place = fmt::format("{}:/device", file.string());
  auto device = find_device(roots, profile.device);
  if (!device) {
    const Error& e = device.error().front();
    return fail(place, e.what, e.hint);
  }
  if (device->system)
    return fail(place, fmt::format("'{}' is a system", profile.device), fmt::format("its devices are {}", device->id));
  device->system = std::move(profile.system);
  return device;
}

}  // namespace

bool is_system_file(const std::filesystem::path& file) {
  const auto text = read_text(file);
  const auto json = text ? parse_json(*text, file.string()) : std::unexpected(text.error());
  if (!json || !json->is_object()) return false;
  const auto schema = json->find("schema");
  return schema != json->end() && *schema == kSystemSchema;
}

Result<Device> load_hardware(const PresetRoots& roots, const std::filesystem::path& file) {
  if (!is_system_file(file)) return load_device(file);
  auto profile = load_system(file);
  if (!profile) return std::unexpected(std::move(profile.error()));
  return devices_of(roots, std::move(*profile), file);
}

}  // namespace roofcast
