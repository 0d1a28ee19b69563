#include "hwmodels/import/model_folder.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/lower_case.hpp"
#include "hwmodels/import/gguf_parts.hpp"
#include "hwmodels/import/json_kind.hpp"
#include "hwmodels/import/printable.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxEntries = 10'000;

/// What a folder holds, by name. Nothing is opened yet.
struct Listing {
  std::vector<std::string> gguf{};  ///< one file of each model: of split ones the first part that is there
  std::vector<std::string> json{};
  bool config = false;
  bool safetensors = false;
};

/// What the parts of one model have in common.
std::string model_name(const std::string& name) {
  const auto part = gguf_part_name(name);
  return part ? fmt::format("{} of {}", part->stem, part->parts) : name;
}

Result<Listing> listing(const fs::path& folder) {
  Listing found;
  std::map<std::string, std::string> models;
  std::error_code error;
  std::size_t entries = 0;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (++entries > kMaxEntries)
      return fail(folder.string(), fmt::format("more than {} entries: not the folder of a model", kMaxEntries));
    const auto name = it->path().filename().string();
    const auto extension = lower_case(it->path().extension().string());
    // Projectors lie beside the model whose images they read.
    if (extension == ".gguf" && !name.contains("mmproj")) {
      auto& first = models.try_emplace(model_name(name), name).first->second;
      first = std::min(first, name);
    }
    if (extension == ".safetensors" || name.ends_with(".safetensors.index.json")) found.safetensors = true;
    if (name == "config.json") found.config = true;
    if (extension == ".json") found.json.push_back(name);
  }
  if (error) return fail(folder.string(), fmt::format("cannot be listed: {}", error.message()), {}, ErrorKind::file);
  for (const auto& [model, file] : models) found.gguf.push_back(file);
  std::ranges::sort(found.json);
  return found;
}

/// "a.gguf, b.gguf and 3 more"
std::string names(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(all.size(), kShown); ++i) shown.push_back(printable(all[i]));
  const auto text = fmt::format("{}", fmt::join(shown, ", "));
  return all.size() > kShown ? fmt::format("{} and {} more", text, all.size() - kShown) : text;
}

std::vector<std::string> profiles(const fs::path& folder, const std::vector<std::string>& json) {
  std::vector<std::string> found;
  for (const auto& name : json) {
    auto open = open_regular_file(folder / name);
    if (open && open->bytes <= kMaxProfileBytes && json_kind(open->in) == JsonKind::profile) found.push_back(name);
  }
  return found;
}

}  // namespace

Result<fs::path> model_file(const fs::path& folder) {
  const auto found = listing(folder);
  if (!found) return std::unexpected(found.error());
  const auto where = folder.string();
  if (found->gguf.size() > 1)
    return fail(where, fmt::format("{} GGUF models: {}", found->gguf.size(), names(found->gguf)), "name one of them");
  if (!found->gguf.empty()) {
    if (found->config && found->safetensors)
      return fail(where, fmt::format("two models: {} and the safetensors files of config.json", names(found->gguf)),
                  "name the GGUF file or config.json");
    return folder / found->gguf.front();
  }
  if (found->config) return folder / "config.json";
  if (found->safetensors)
    return fail(where, "safetensors files without config.json: they hold tensors, but no layer dimensions");
  const auto profile = profiles(folder, found->json);
  if (profile.size() == 1) return folder / profile.front();
  if (profile.empty()) return fail(where, "no model: expected config.json, a GGUF file or a profile");
  return fail(where, fmt::format("{} profiles: {}", profile.size(), names(profile)), "name one of them");
}

}  // namespace roofcast
