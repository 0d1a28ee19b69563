#include "hwmodels/catalog.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/lower_case.hpp"
#include "core/nearest_name.hpp"
#include "core/weights.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/engine_profile.hpp"
#include "hwmodels/model_names.hpp"
#include "hwmodels/model_profile.hpp"
#include "hwmodels/serving_profile.hpp"
#include "hwmodels/system_profile.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

/// What the catalog must know of a kind of preset.
template <class Profile>
struct Shelf {
  std::string_view where;  ///< the argument that names one, in messages
  std::string_view what;
  std::span<const std::string_view> folders;
  Result<Profile> (*load)(const std::filesystem::path&);
  std::string (*canonical)(std::string_view);
};

std::string lower_name(std::string_view name) {
  return lower_case(name);
}

constexpr std::string_view kModelFolders[] = {"model"};
constexpr std::string_view kDeviceFolders[] = {"gpu", "accelerator", "cpu"};
constexpr std::string_view kSystemFolders[] = {"system"};
constexpr std::string_view kEngineFolders[] = {"engine"};
constexpr Shelf<ModelSpec> kModels{"MODEL", "model", kModelFolders, load_model, canonical_model_name};
constexpr Shelf<Device> kDevices{"--hardware", "device", kDeviceFolders, load_device, lower_name};
constexpr Shelf<SystemProfile> kSystems{"--hardware", "system", kSystemFolders, load_system, lower_name};
constexpr Shelf<Engine> kEngines{"--engine", "engine", kEngineFolders, load_engine, lower_name};

using FilesById = std::map<std::string, std::filesystem::path, std::less<>>;

/// The file that counts for each id: the first root that has it.
template <class Profile>
FilesById files_by_id(const PresetRoots& roots, const Shelf<Profile>& shelf) {
  FilesById files;
  for (const auto& root : roots.folders)
    for (const auto folder : shelf.folders) {
      std::error_code absent;
      for (const auto& entry : std::filesystem::directory_iterator(root / folder, absent))
        if (entry.path().extension() == ".json") files.try_emplace(entry.path().stem().string(), entry.path());
    }
  return files;
}

template <class Profile>
Result<Profile> load(const Shelf<Profile>& shelf, const std::filesystem::path& file) {
  auto profile = shelf.load(file);
  if (profile && profile->id != file.stem().string())
    return fail(fmt::format("{}:/id", file.string()),
                fmt::format("'{}' must be the file's name, '{}'", profile->id, file.stem().string()));
  return profile;
}

template <class Profile>
bool answers_to(const Profile& profile, const Shelf<Profile>& shelf, std::string_view canonical) {
  const auto is_it = [&](std::string_view name) { return shelf.canonical(name) == canonical; };
  return is_it(profile.id) || is_it(profile.name) || std::ranges::any_of(profile.aliases, is_it);
}

/// One file, when the name (without its organisation) is an id.
template <class Profile>
std::optional<Result<Profile>> find_by_file_name(const PresetRoots& roots, const Shelf<Profile>& shelf,
                                                 const std::string& canonical) {
  const std::string id(without_organisation(canonical));
  for (const auto& root : roots.folders)
    for (const auto folder : shelf.folders) {
      const auto file = root / folder / (id + ".json");
      std::error_code absent;
      if (!std::filesystem::is_regular_file(file, absent)) continue;
      auto profile = load(shelf, file);
      if (!profile || answers_to(*profile, shelf, canonical)) return profile;
      return {};
    }
  return {};
}

/// Does the file's text hold `low`, letter case aside? Cheaper than parsing what cannot be meant.
bool mentions(const std::filesystem::path& file, std::string_view low) {
  const auto text = read_text(file);
  return text && lower_case(*text).contains(low);
}

/// All files that mention the name, until one answers to it. Files that cannot be read do not answer.
template <class Profile>
std::optional<Result<Profile>> find_by_alias(const PresetRoots& roots, const Shelf<Profile>& shelf,
                                             const std::string& canonical) {
  for (const auto& [id, file] : files_by_id(roots, shelf)) {
    if (!mentions(file, without_organisation(canonical))) continue;
    auto profile = load(shelf, file);
    if (profile && answers_to(*profile, shelf, canonical)) return profile;
  }
  return {};
}

/// Nothing when no preset answers to the name.
template <class Profile>
std::optional<Result<Profile>> search(const PresetRoots& roots, const Shelf<Profile>& shelf, std::string_view name) {
  const auto canonical = shelf.canonical(name);
  if (canonical.empty()) return {};
  if (auto direct = find_by_file_name(roots, shelf, canonical)) return direct;
  return find_by_alias(roots, shelf, canonical);
}

template <class Profile>
Listing<Profile> list(const PresetRoots& roots, const Shelf<Profile>& shelf) {
  Listing<Profile> listing{.problems = roots.problems};
  for (const auto& [id, file] : files_by_id(roots, shelf)) {
    auto profile = load(shelf, file);
    if (profile)
      listing.profiles.push_back(std::move(*profile));
    else
      listing.problems.insert(listing.problems.end(), profile.error().begin(), profile.error().end());
  }
  return listing;
}

template <class Profile>
std::vector<std::string> ids(const PresetRoots& roots, const Shelf<Profile>& shelf) {
  std::vector<std::string> result;
  for (const auto& [id, file] : files_by_id(roots, shelf)) result.push_back(id);
  return result;
}

constexpr std::size_t kFew = 8;  // so many names can be listed

std::string all_of(const std::vector<std::string>& names) {
  return fmt::format("known are {}", fmt::join(names, ", "));
}

/// The nearest name of all, and what is wrong with files that might have held it. `names`: known ones of other shelves.
template <class Profile>
std::unexpected<Errors> unknown_name(const PresetRoots& roots, const Shelf<Profile>& shelf, std::string_view name,
                                     std::vector<std::string> names = {}) {
  auto listing = list(roots, shelf);
  for (const auto& profile : listing.profiles) {
    names.push_back(profile.id);
    names.insert(names.end(), profile.aliases.begin(), profile.aliases.end());
  }
  auto hint = did_you_mean(name, names);
  if (hint.empty()) hint = did_you_mean(without_organisation(name), names);
  if (hint.empty() && listing.profiles.size() <= kFew) hint = all_of(ids(roots, shelf));
  Errors errors{
      {std::string(shelf.where), fmt::format("'{}' is not a known {}", name, shelf.what), hint, ErrorKind::usage}};
  errors.insert(errors.end(), listing.problems.begin(), listing.problems.end());
  return std::unexpected(std::move(errors));
}

template <class Profile>
Result<Profile> find(const PresetRoots& roots, const Shelf<Profile>& shelf, std::string_view name) {
  if (!roots.problems.empty()) return std::unexpected(roots.problems);
  if (auto found = search(roots, shelf, name)) return std::move(*found);
  return unknown_name(roots, shelf, name);
}

/// The base model, stored in the format that the name's suffix says.
ModelSpec requantised(const ModelSpec& base, std::string_view name, const WeightFormat& format) {
  ModelSpec model = with_weight_format(base, format);
  model.id = lower_case(without_organisation(name));
  model.name = without_organisation(name);
  model.notes.push_back(fmt::format("{}: the weight format is read off the name, on top of {}", model.name, base.name));
  return model;
}

/// The devices of a system, which must be known by name.
Result<Device> device_of(const PresetRoots& roots, const SystemProfile& profile) {
  auto device = find(roots, kDevices, profile.device);
  if (device) device->system = profile.system;
  return device;
}

/// "8xh100-sxm" → 8 and h100-sxm.
struct CountedDevices {
  int count = 0;
  std::string_view name;
};
std::optional<CountedDevices> counted_devices(std::string_view text) {
  CountedDevices c;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, c.count);
  if (error != std::errc{} || rest == end || (*rest != 'x' && *rest != 'X') || c.count < 1 || c.count > kMostRanks)
    return {};
  c.name = text.substr(static_cast<std::size_t>(rest + 1 - text.data()));
  return c.name.empty() ? std::nullopt : std::optional{c};
}

/// "did you mean '4xh100-sxm'?" for "4 H100": a count that is written as people say it.
std::string counted_hint(const PresetRoots& roots, std::string_view text) {
  int count = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, count);
  std::string_view spoken(rest, static_cast<std::size_t>(end - rest));
  spoken.remove_prefix(std::min(spoken.find_first_not_of(" x*-"), spoken.size()));
  if (error != std::errc{} || count < 1 || count > kMostRanks || spoken.empty()) return {};
  auto start = lower_case(spoken);
  std::ranges::replace(start, ' ', '-');
  std::string hint;
  for (const auto& device : list(roots, kDevices).profiles)
    if (device.id.starts_with(start))
      hint += fmt::format("{}'{}x{}'", hint.empty() ? "did you mean " : " or ", count, device.id);
  return hint.empty() ? hint : hint + "?";
}

/// So many devices in one unit. Several such units are joined as systems of these devices are.
Device counted_unit(const PresetRoots& roots, Device device, int count) {
  System unit{.id = fmt::format("{}x{}", count, device.id),
              .name = fmt::format("{}x {}", count, device.name),
              .devices = count};
  for (const auto& known : list(roots, kSystems).profiles) {
    if (known.device != device.id) continue;
    unit.network_type = known.system.network_type;
    unit.network = known.system.network;
    unit.network_latency = known.system.network_latency;
    unit.notes = {fmt::format("several units are joined as those of {}", known.name)};
    unit.sources = known.system.sources;
    break;
  }
  std::erase_if(unit.sources, [](const FigureSource& s) { return s.figure == "system/devices"; });
  unit.sources.push_back({"system/devices", "as asked for"});
  device.system = std::move(unit);
  return device;
}

std::vector<std::string> system_names(const PresetRoots& roots) {
  std::vector<std::string> names;
  for (const auto& s : list(roots, kSystems).profiles) {
    names.push_back(s.id);
    names.insert(names.end(), s.aliases.begin(), s.aliases.end());
  }
  return names;
}

}  // namespace

Result<ModelSpec> find_model(const PresetRoots& roots, std::string_view name) {
  if (!roots.problems.empty()) return std::unexpected(roots.problems);
  if (auto exact = search(roots, kModels, name)) return std::move(*exact);
  if (const auto quantised = quantised_name(name))
    if (const auto base = search(roots, kModels, quantised->base); base && *base)
      return requantised(**base, name, quantised->format);
  return unknown_name(roots, kModels, name);
}
Result<Device> find_device(const PresetRoots& roots, std::string_view name) {
  if (!roots.problems.empty()) return std::unexpected(roots.problems);
  if (auto device = search(roots, kDevices, name)) return std::move(*device);
  if (auto system = search(roots, kSystems, name)) {
    if (!*system) return std::unexpected(std::move(system->error()));
    return device_of(roots, **system);
  }
  const auto counted = counted_devices(name);
  if (!counted) {
    Result<Device> unknown = unknown_name(roots, kDevices, name, system_names(roots));
    if (auto hint = counted_hint(roots, name); !unknown && !hint.empty()) unknown.error().front().hint = hint;
    return unknown;
  }
  if (search(roots, kSystems, counted->name))
    return usage_error("--hardware",
                       fmt::format("'{}': {} is a unit already, a scenario starts from one", name, counted->name),
                       fmt::format("'{}', with --gpus N, --tp or --dp beyond it", counted->name));
  auto device = find(roots, kDevices, counted->name);
  if (!device) return device;
  return counted_unit(roots, std::move(*device), counted->count);
}
Result<Engine> find_engine(const PresetRoots& roots, std::string_view name) {
  auto engine = find(roots, kEngines, name);
  if (!engine) return engine;
  auto fits = list_serving(roots, engine->id);
  if (!fits) return std::unexpected(std::move(fits.error()));
  engine->serving = std::move(*fits);
  return engine;
}

Listing<ModelSpec> list_models(const PresetRoots& roots) {
  return list(roots, kModels);
}
Listing<Device> list_devices(const PresetRoots& roots) {
  return list(roots, kDevices);
}
Listing<Device> list_systems(const PresetRoots& roots) {
  auto systems = list(roots, kSystems);
  Listing<Device> listing{.problems = std::move(systems.problems)};
  for (const auto& profile : systems.profiles) {
    auto device = device_of(roots, profile);
    if (device)
      listing.profiles.push_back(std::move(*device));
    else
      listing.problems.insert(listing.problems.end(), device.error().begin(), device.error().end());
  }
  return listing;
}
Listing<Engine> list_engines(const PresetRoots& roots) {
  return list(roots, kEngines);
}

std::vector<std::string> model_ids(const PresetRoots& roots) {
  return ids(roots, kModels);
}
std::vector<std::string> device_ids(const PresetRoots& roots) {
  return ids(roots, kDevices);
}
std::vector<std::string> engine_ids(const PresetRoots& roots) {
  return ids(roots, kEngines);
}

}  // namespace roofcast
