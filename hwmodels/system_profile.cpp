#include "hwmodels/system_profile.hpp"

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/sourced_figure.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::int64_t kMostDevices = 65536;

/// What a file of its own and the object in a device's have alike.
void read_members(ObjectReader& reader, System& s) {
  s.devices = static_cast<int>(reader.sourced_integer("devices", 1, kMostDevices, s.sources));
  reader.object_if_present("network", [&](ObjectReader& network) {
    s.network_type = network.text("type");
    s.network = network.sourced("bandwidth", parse_bandwidth, s.sources);
    if (network.has("latency")) s.network_latency = network.sourced("latency", parse_seconds, s.sources);
  });
  s.notes = reader.texts("notes");
}

void read_system(ObjectReader& root, SystemProfile& p) {
  if (!read_profile_header(root, kSystemSchema, p)) return;
  p.device = root.text("device");
  read_members(root, p.system);
  p.system.id = p.id;
  p.system.name = p.name;
  p.system.aliases = p.aliases;
  for (auto& source : p.system.sources) source.figure = "system/" + source.figure;
}

}  // namespace

System read_unit(ObjectReader& unit) {
  System s{.id = unit.text("id"), .name = unit.text("name"), .aliases = unit.texts("aliases")};
  read_members(unit, s);
  return s;
}

namespace {

void write_members(const System& s, Json& out) {
  out["devices"] = sourced_figure(s.devices, "system/devices", s.sources);
  if (s.network > BytesPerSecond{}) {
    Json network;
    network["type"] = s.network_type;
    network["bandwidth"] = sourced_figure(exact_text(s.network), "system/network/bandwidth", s.sources);
    if (s.network_latency > Seconds{})
      network["latency"] = sourced_figure(exact_text(s.network_latency), "system/network/latency", s.sources);
    out["network"] = network;
  }
  if (!s.notes.empty()) out["notes"] = s.notes;
}

}  // namespace

Json unit_json(const System& s) {
  Json out;
  out["id"] = s.id;
  out["name"] = s.name;
  if (!s.aliases.empty()) out["aliases"] = s.aliases;
  write_members(s, out);
  return out;
}

std::string system_json(const SystemProfile& p) {
  Json out = profile_header_json(kSystemSchema, p);
  out["device"] = p.device;
  write_members(p.system, out);
  return json_text(out);
}

Result<SystemProfile> parse_system(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  SystemProfile profile;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_system(root, profile); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return profile;
}

Result<SystemProfile> load_system(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_system(*text, file.string());
}

}  // namespace roofcast
