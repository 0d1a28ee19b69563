#include "hwmodels/device_profile.hpp"

#include <array>

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "hwmodels/ceilings_profile.hpp"
#include "hwmodels/device_classes.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/system_profile.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::int64_t kMostUnits = 1'000'000;

void read_memory(ObjectReader& root, Device& d) {
  root.object("memory", [&](ObjectReader& memory) {
    if (memory.has("marketed")) d.marketed_memory = memory.sourced("marketed", parse_bytes, d.sources);
    if (memory.has("reported")) d.memory = memory.sourced("reported", parse_bytes, d.sources);
    if (memory.flag_or("estimated", false)) d.memory_source = MemorySource::estimated;
    d.memory_type = memory.text("type");
    d.bandwidth = memory.sourced("bandwidth", parse_bandwidth, d.sources);
  });
}

void read_compute(ObjectReader& root, Device& d) {
  root.object("compute", [&](ObjectReader& compute) {
    const auto rate = [&](std::string_view key, std::optional<FlopsPerSecond>& peak) {
      if (compute.has(key)) peak = compute.sourced(key, parse_rate, d.sources);
    };
    rate("fp32", d.peaks.fp32);
    rate("bf16", d.peaks.bf16);
    rate("fp8", d.peaks.fp8);
    rate("int8", d.peaks.int8);
    rate("fp4", d.peaks.fp4);
    if (compute.has("units"))
      d.compute_units = static_cast<int>(compute.sourced_integer("units", 1, kMostUnits, d.sources));
    if (compute.has("last_level_cache"))
      d.last_level_cache = compute.sourced("last_level_cache", parse_bytes, d.sources);
  });
}

void read_links(ObjectReader& root, Device& d) {
  root.object("link", [&](ObjectReader& link) {
    d.link_type = link.text("type");
    if (link.has("bandwidth")) d.link = link.sourced("bandwidth", parse_bandwidth, d.sources);
    if (link.has("domain")) d.link_domain = static_cast<int>(link.sourced_integer("domain", 1, kMostUnits, d.sources));
    if (link.has("topology")) d.link_topology = link.choice<LinkTopology>("topology", kLinkTopologies);
  });
  if (root.has("pcie")) d.pcie = root.sourced("pcie", parse_bandwidth, d.sources);
}

void read_device(ObjectReader& root, Device& d) {
  if (!read_profile_header(root, "roofcast/device/1", d)) return;
  d.vendor = root.text("vendor");
  d.device_class = root.choice<DeviceClass>("class", kDeviceClasses);
  read_memory(root, d);
  read_compute(root, d);
  read_links(root, d);
  if (root.has("tdp")) d.tdp_watts = root.sourced("tdp", parse_watts, d.sources);
  if (root.has("price")) d.price_usd_hour = root.sourced("price", parse_price, d.sources);
  d.notes = root.texts("notes");
  root.object_if_present("system", [&](ObjectReader& unit) { d.system = read_unit(unit); });
  root.object_if_present("ceilings", [&](ObjectReader& ceilings) { d.ceilings = read_ceilings(ceilings); });
}

/// Values against each other, once each of them is well formed.
Errors device_problems(const Device& d, std::string_view origin) {
  Errors errors;
  const auto add = [&](std::string_view path, std::string what) {
    errors.push_back({fmt::format("{}:{}", origin, path), std::move(what), {}});
  };
  if (d.bandwidth <= BytesPerSecond{}) add("/memory/bandwidth", "must be more than 0");
  if (!peak_rate(d, Compute::bf16) && !d.peaks.fp8 && !d.peaks.fp4 && !d.peaks.int8)
    add("/compute", "states no peak rate: expected at least one of fp32, bf16, fp8, int8, fp4");
  if (d.memory && *d.memory <= Bytes{}) add("/memory/reported", "must be more than 0");
  if (d.memory_source == MemorySource::estimated && !d.memory)
    add("/memory/estimated", "says that /memory/reported is an estimate, but there is none");
  // Marketed "80 GB" may be GiB: a runtime may report up to 7.4% more than decimal GB.
  if (d.memory && d.marketed_memory > Bytes{} && *d.memory > 1.075 * d.marketed_memory)
    add("/memory/reported",
        fmt::format("{} exceeds the marketed {}", exact_text(*d.memory), exact_text(d.marketed_memory)));
  if (d.link > BytesPerSecond{} && d.link_domain < 2) add("/link/domain", "a link needs at least 2 devices");
  return errors;
}

}  // namespace

Result<Device> parse_device(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  Device device;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_device(root, device); });
  if (errors.empty()) errors = device_problems(device, origin);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return device;
}

Result<Device> load_device(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_device(*text, file.string());
}

}  // namespace roofcast
