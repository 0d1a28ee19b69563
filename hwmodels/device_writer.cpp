#include <algorithm>

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "hwmodels/ceilings_profile.hpp"
#include "hwmodels/device_classes.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/sourced_figure.hpp"
#include "hwmodels/system_profile.hpp"

namespace roofcast {
namespace {

Json memory_json(const Device& d) {
  Json out;
  if (d.marketed_memory > Bytes{})
    out["marketed"] = sourced_figure(exact_text(d.marketed_memory), "memory/marketed", d.sources);
  if (d.memory) out["reported"] = sourced_figure(exact_text(*d.memory), "memory/reported", d.sources);
  if (d.memory_source == MemorySource::estimated) out["estimated"] = true;
  out["type"] = d.memory_type;
  out["bandwidth"] = sourced_figure(exact_text(d.bandwidth), "memory/bandwidth", d.sources);
  return out;
}

Json compute_json(const Device& d) {
  Json out = Json::object();
  const auto rate = [&](const std::string& key, const std::optional<FlopsPerSecond>& peak) {
    if (peak) out[key] = sourced_figure(exact_text(*peak), "compute/" + key, d.sources);
  };
  rate("fp32", d.peaks.fp32);
  rate("bf16", d.peaks.bf16);
  rate("fp8", d.peaks.fp8);
  rate("int8", d.peaks.int8);
  rate("fp4", d.peaks.fp4);
  if (d.compute_units > 0) out["units"] = sourced_figure(d.compute_units, "compute/units", d.sources);
  if (d.last_level_cache > Bytes{})
    out["last_level_cache"] = sourced_figure(exact_text(d.last_level_cache), "compute/last_level_cache", d.sources);
  return out;
}

Json link_json(const Device& d) {
  Json out;
  out["type"] = d.link_type;
  if (d.link > BytesPerSecond{}) out["bandwidth"] = sourced_figure(exact_text(d.link), "link/bandwidth", d.sources);
  if (d.link_domain > 1) out["domain"] = sourced_figure(d.link_domain, "link/domain", d.sources);
  if (d.link_topology == LinkTopology::mesh) out["topology"] = "mesh";
  return out;
}

}  // namespace

std::string device_json(const Device& d) {
  Json out = profile_header_json("roofcast/device/1", d);
  out["vendor"] = d.vendor;
  const auto is_its_class = [&](const auto& entry) { return entry.second == d.device_class; };
  out["class"] = std::ranges::find_if(kDeviceClasses, is_its_class)->first;
  out["memory"] = memory_json(d);
  out["compute"] = compute_json(d);
  out["link"] = link_json(d);
  if (d.pcie > BytesPerSecond{}) out["pcie"] = sourced_figure(exact_text(d.pcie), "pcie", d.sources);
  if (d.tdp_watts > 0) out["tdp"] = sourced_figure(fmt::format("{} W", d.tdp_watts), "tdp", d.sources);
  if (d.price_usd_hour > 0)
    out["price"] = sourced_figure(fmt::format("{} USD/h", d.price_usd_hour), "price", d.sources);
  if (!d.notes.empty()) out["notes"] = d.notes;
  if (d.system) out["system"] = unit_json(*d.system);
  if (d.ceilings) out["ceilings"] = ceilings_json(*d.ceilings);
  return json_text(out);
}

}  // namespace roofcast
