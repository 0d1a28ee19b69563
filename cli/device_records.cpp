#include "cli/device_records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/quantity_text.hpp"

namespace roofcast::cli {
namespace {

constexpr auto kGigabytesPerSecond = units::GB / units::s;
constexpr auto kTeraflopsPerSecond = units::TFLOP / units::s;

std::string class_name(DeviceClass c) {
  switch (c) {
    case DeviceClass::gpu:
      return "gpu";
    case DeviceClass::accelerator:
      return "accelerator";
    case DeviceClass::apple:
      return "apple";
    case DeviceClass::cpu:
      return "cpu";
  }
  return {};
}

std::string memory_text(const Device& device) {
  if (!device.memory) return "your choice (--memory)";
  return fmt::format(
      "{} {}{}", format_bytes(*device.memory), device.memory_type,
      device.memory_source == MemorySource::estimated ? " [estimated from a relative]" : " [reported by a runtime]");
}

RecordTable::Cell rate_cell(const std::optional<FlopsPerSecond>& rate) {
  return rate ? number_cell(rate->in(kTeraflopsPerSecond), format_rate(*rate)) : no_cell();
}

std::string rate_text(const std::optional<FlopsPerSecond>& rate) {
  return rate ? format_rate(*rate) : std::string{};
}

}  // namespace

RecordTable device_records(const std::vector<Device>& devices) {
  RecordTable table{.fields = {{"hardware", "hardware", false},
                               {"name", "", false},
                               {"vendor", "", false},
                               {"class", "", false},
                               {"memory_gib", "memory"},
                               {"memory_estimated", ""},
                               {"bandwidth_gb_s", "bandwidth"},
                               {"fp32_tflop_s", ""},
                               {"bf16_tflop_s", "bf16"},
                               {"fp8_tflop_s", "fp8"},
                               {"int8_tflop_s", ""},
                               {"fp4_tflop_s", ""},
                               {"link_gb_s", "link", true, true},
                               {"tdp_w", ""},
                               {"price_usd_hour", "USD/h", true, true},
                               {"devices", ""},
                               {"network_gb_s", ""}}};
  for (const auto& d : devices) {
    table.records.push_back(
        {text_cell(hardware_id(d)), text_cell(d.system ? d.system->name : d.name), text_cell(d.vendor),
         text_cell(class_name(d.device_class)),
         d.memory ? number_cell(d.memory->in(units::GiB), format_bytes(*d.memory)) : no_cell(),
         d.memory ? number_cell(d.memory_source == MemorySource::estimated ? 1 : 0, "") : no_cell(),
         number_cell(d.bandwidth.in(kGigabytesPerSecond), format_bandwidth(d.bandwidth)), rate_cell(d.peaks.fp32),
         rate_cell(d.peaks.bf16), rate_cell(d.peaks.fp8), rate_cell(d.peaks.int8), rate_cell(d.peaks.fp4),
         d.link == BytesPerSecond{} ? no_cell() : number_cell(d.link.in(kGigabytesPerSecond), format_bandwidth(d.link)),
         d.tdp_watts == 0 ? no_cell() : number_cell(d.tdp_watts, fmt::format("{} W", d.tdp_watts)),
         d.price_usd_hour == 0 ? no_cell() : number_cell(d.price_usd_hour, fmt::format("{:.2f}", d.price_usd_hour)),
         number_cell(d.system ? d.system->devices : 1, ""),
         d.system && d.system->network > BytesPerSecond{}
             ? number_cell(d.system->network.in(kGigabytesPerSecond), format_bandwidth(d.system->network))
             : no_cell()});
  }
  return table;
}

Facts device_facts(const Device& d) {
  Facts facts{.title = fmt::format("{} ({})", d.name, d.id)};
  const auto add = [&](std::string label, std::string value) {
    facts.lines.emplace_back(std::move(label), std::move(value));
  };
  add("also known as", fmt::format("{}", fmt::join(d.aliases, ", ")));
  add("vendor", d.vendor);
  add("class", class_name(d.device_class));
  add("memory", memory_text(d));
  add("marketed as", d.marketed_memory == Bytes{} ? "" : fmt::format("{:g} GB", d.marketed_memory.in(units::GB)));
  add("bandwidth", format_bandwidth(d.bandwidth));
  add("peak fp32", rate_text(d.peaks.fp32));
  add("peak bf16", rate_text(d.peaks.bf16));
  add("peak fp8", rate_text(d.peaks.fp8));
  add("peak int8", rate_text(d.peaks.int8));
  add("peak fp4", rate_text(d.peaks.fp4));
  if (d.peaks.bf16 && d.bandwidth != BytesPerSecond{}) add("ridge (bf16)", format_intensity(ridge(d, Compute::bf16)));
  add("last-level cache", d.last_level_cache == Bytes{} ? "" : format_bytes(d.last_level_cache));
  add("compute units", d.compute_units == 0 ? "" : fmt::format("{}", d.compute_units));
  add("link", d.link == BytesPerSecond{} ? d.link_type
                                         : fmt::format("{} {} per direction, {} devices", d.link_type,
                                                       format_bandwidth(d.link), d.link_domain));
  add("PCIe", d.pcie == BytesPerSecond{} ? "" : fmt::format("{} per direction", format_bandwidth(d.pcie)));
  if (d.system) {
    const System& s = *d.system;
    add("system", fmt::format("{} ({}): {} of these devices", s.name, s.id, s.devices));
    add("systems are joined by", s.network > BytesPerSecond{}
                                     ? fmt::format("{}, {} per device and direction, {} a message", s.network_type,
                                                   format_bandwidth(s.network), format_seconds(s.network_latency))
                                     : "a network that is not known: PCIe's bandwidth is taken");
  }
  add("TDP", d.tdp_watts == 0 ? "" : fmt::format("{} W", d.tdp_watts));
  add("price", d.price_usd_hour == 0 ? "" : fmt::format("{} USD/h", d.price_usd_hour));
  return facts;
}

std::vector<std::string> search_texts(const Device& device) {
  std::vector<std::string> texts{device.id, device.name, device.vendor, class_name(device.device_class),
                                 device.memory_type};
  if (device.system) {
    texts.insert(texts.end(), {device.system->id, device.system->name, "system"});
    texts.insert(texts.end(), device.system->aliases.begin(), device.system->aliases.end());
  }
  texts.insert(texts.end(), device.aliases.begin(), device.aliases.end());
  return texts;
}

}  // namespace roofcast::cli
