#include "hwmodels/named_inputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "hwmodels/catalog.hpp"
#include "hwmodels/hardware_file.hpp"
#include "hwmodels/import/import.hpp"

namespace roofcast {
namespace {

bool exists(const std::string& word) {
  std::error_code unreadable;
  return std::filesystem::exists(word, unreadable);
}

/// `list_hint`: how several are given, for a word that looks like a list.
template <class Profile, class Load>
Result<Profile> preset_or_path(const std::string& word, Result<Profile> preset, Load load, std::string_view list_hint) {
  const bool unknown = !preset && preset.error().front().kind == ErrorKind::usage;
  if (unknown && exists(word)) return load(word);
  if (unknown && word.contains(',')) preset.error().front().hint = list_hint;
  return preset;
}

}  // namespace

bool has_file_ending(std::string_view word) {
  constexpr std::array<std::string_view, 4> kEndings{".json", ".gguf", ".safetensors", ".csv"};
  return std::ranges::any_of(kEndings, [&](auto ending) { return word.ends_with(ending); });
}

bool is_path(const std::string& word) {
  return has_file_ending(word) || (word.contains('/') && exists(word));
}

Result<ModelSpec> named_model(const PresetRoots& roots, const std::string& word) {
  if (is_path(word)) return import_model(word);
  return preset_or_path(word, find_model(roots, word), import_model,
                        "compare and sweep take several models, with blanks between them");
}

Result<Device> named_device(const PresetRoots& roots, const std::string& word) {
  const auto load = [&](const std::string& file) { return load_hardware(roots, file); };
  if (is_path(word)) return load(word);
  return preset_or_path(word, find_device(roots, word), load, "compare and sweep take several devices");
}

}  // namespace roofcast
