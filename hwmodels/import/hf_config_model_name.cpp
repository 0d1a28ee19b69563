#include "hwmodels/import/hf_config_model_name.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <vector>

namespace roofcast::hf {
namespace {

/// A name that says nothing of the model: a commit hash or a folder that any model could be in.
bool is_generic(const std::string& name) {
  const bool hash = name.size() >= 32 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  return hash || name.empty() || name == "." || name == ".." || name == "/" || name == "snapshots" || name == "config";
}

/// "models--org--Model" and "org--Model" are how caches flatten "org/Model".
std::string unflattened(std::string name) {
  if (name.starts_with("models--")) name.erase(0, 8);
  if (const auto at = name.find("--"); at != std::string::npos && at > 0) name.replace(at, 2, "/");
  return name;
}

/// The first telling name on the way from the file up to the root, at most three folders up.
std::string name_in_path(std::string_view origin) {
  const std::filesystem::path path{origin};
  std::string stem = path.stem().string();
  if (stem.ends_with("_config")) stem.erase(stem.size() - 7);
  if (!is_generic(stem)) return unflattened(stem);
  auto folder = path.parent_path();
  for (int up = 0; up < 3 && !folder.empty(); ++up, folder = folder.parent_path())
    if (const auto name = folder.filename().string(); !is_generic(name)) return unflattened(name);
  return {};
}

std::string last_part(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto at = path.rfind('/');
  return std::string{at == std::string_view::npos ? path : path.substr(at + 1)};
}

std::string as_id(std::string_view name) {
  std::string id;
  for (const unsigned char c : name.substr(0, 200)) {
    const bool kept = std::isalnum(c) != 0 || c == '.';
    if (kept) id += static_cast<char>(std::tolower(c));
    if (!kept && !id.empty() && id.back() != '-') id += '-';
  }
  while (id.ends_with('-')) id.pop_back();
  return id;
}

}  // namespace

void name_model(std::string_view origin, std::string_view name_or_path, ModelSpec& model) {
  auto full = name_in_path(origin);
  if (full.empty()) full = std::string{name_or_path};
  if (last_part(full).empty()) full = model.architecture.empty() ? "model" : model.architecture;
  model.name = last_part(full);
  model.id = as_id(model.name);
  if (model.id.empty()) model.id = "model";
  if (full.contains('/') && std::ranges::count(full, '/') == 1 && !full.starts_with('/')) model.aliases = {full};
}

std::string paired_quant_name(std::string_view origin) {
  const std::filesystem::path path{origin};
  constexpr std::string_view kTail = "_config.json";
  const std::string name = path.filename().string();
  const auto paired = name.size() > kTail.size() && name.ends_with(kTail)
                          ? name.substr(0, name.size() - kTail.size()) + "_hf_quant_config.json"
                          : std::string{"hf_quant_config.json"};
  return (path.parent_path() / paired).string();
}

}  // namespace roofcast::hf
