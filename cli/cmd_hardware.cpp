#include <algorithm>
#include <iterator>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/device_records.hpp"
#include "cli/error_report.hpp"
#include "cli/preset_listing.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/hardware_file.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/system_profile.hpp"

namespace roofcast::cli {

OptionTable hardware_list_table() {
  return {.description =
              "Lists the devices and systems of several that are known by name: the shipped presets and your own. "
              "Memory is what a "
              "runtime reports, not the marketed figure; peaks are dense.",
          .options = listing_options(),
          .examples = {"roofcast hardware list --search hbm3", "roofcast hardware list --csv > devices.csv"}};
}

Exit run_hardware_list(const ParsedOptions& options, Io io) {
  const PresetRoots roots = default_preset_roots();
  auto listing = list_devices(roots);
  auto systems = list_systems(roots);
  std::ranges::move(systems.profiles, std::back_inserter(listing.profiles));
  for (auto& problem : systems.problems)  // of a folder that cannot be read, both say so
    if (std::ranges::find(listing.problems, problem) == listing.problems.end())
      listing.problems.push_back(std::move(problem));
  std::erase_if(listing.profiles, [&](const auto& d) { return !matches(options.text("search"), search_texts(d)); });
  return print_listing(device_records(listing.profiles), "hardware", listing.problems, options, io);
}

OptionTable hardware_show_table() {
  return {.description = "Shows the figures of a device, each with its source.",
          .arguments = {{.name = "HARDWARE",
                         .help = "preset name, alias, or a profile file",
                         .completion = Completion::hardware}},
          .options = figure_options(),
          .examples = {"roofcast hardware show h100-sxm", "roofcast hardware show h100 --json"}};
}

Exit run_hardware_show(const ParsedOptions& options, Io io) {
  const auto device = named_device(default_preset_roots(), options.word("HARDWARE"));
  if (!device) return report(device.error(), io);
  if (options.given("json")) {
    io.out << device_json(*device);
  } else if (options.given("csv")) {
    print_records(device_records({*device}), "hardware", options, io);
  } else {
    print_facts(device_facts(*device), io);
    print_sources(device->sources, io);
    if (device->system) print_sources(device->system->sources, io);
    print_notes(device->notes, io);
    if (device->system) print_notes(device->system->notes, io);
  }
  return Exit::ok;
}

OptionTable hardware_import_table() {
  return {.description =
              "Checks the profile of a device or of a system of devices that are known by name (docs/profiles.md) and "
              "writes it in its normal form.",
          .arguments = {{.name = "FILE", .help = "JSON file", .completion = Completion::file}},
          .options = import_options(),
          .examples = {"roofcast hardware import host.json --save"}};
}

Exit run_hardware_import(const ParsedOptions& options, Io io) {
  const std::string& file = options.word("FILE");
  const auto device = load_hardware(default_preset_roots(), file);
  if (!device) return report(device.error(), io);
  if (is_system_file(file)) {
    const System& system = *device->system;
    return write_profile(system_json({system.id, system.name, system.aliases, device->id, system}), system.id, "system",
                         options, io);
  }
  return write_profile(device_json(*device), device->id, device->device_class == DeviceClass::cpu ? "cpu" : "gpu",
                       options, io);
}

}  // namespace roofcast::cli
