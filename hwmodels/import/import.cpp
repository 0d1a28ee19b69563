#include "hwmodels/import/import.hpp"

#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/checkpoint.hpp"
#include "hwmodels/import/gguf.hpp"
#include "hwmodels/import/hf_config.hpp"
#include "hwmodels/import/json_kind.hpp"
#include "hwmodels/import/model_folder.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/model_profile.hpp"

namespace roofcast {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxJson = 100'000'000;
constexpr std::string_view kSettings = "hf_quant_config.json";

/// config.json with what the tensor files beside it say.
Result<ModelSpec> load_with_checkpoint(const fs::path& config) {
  // The config reader opens whatever it is given: a pipe would block it.
  if (const auto open = open_regular_file(config); !open) return std::unexpected(open.error());
  auto model = load_hf_config(config);
  const auto folder = config.parent_path().empty() ? fs::path(".") : config.parent_path();
  if (!model || config.filename() != "config.json" || !has_checkpoint(folder)) return model;
  const auto checkpoint = read_checkpoint(folder, model->layer_count());
  if (!checkpoint) return std::unexpected(checkpoint.error());
  return with_checkpoint(std::move(*model), *checkpoint);
}

/// Tensor files do not say what a layer looks like.
Result<ModelSpec> load_beside(const fs::path& tensors) {
  const auto config = tensors.parent_path() / "config.json";
  std::error_code ignored;
  if (fs::exists(config, ignored)) return load_with_checkpoint(config);
  return fail(tensors.string(), "holds tensors, but no layer dimensions: config.json is needed beside it");
}

/// "X_hf_quant_config.json" belongs to "X_config.json".
Result<ModelSpec> refuse_settings(const fs::path& file) {
  const auto name = file.filename().string();
  const auto config = name.substr(0, name.size() - kSettings.size()) + "config.json";
  return fail(file.string(), "holds the quantisation of a model, but no layer dimensions",
              fmt::format("import {}: it is read along", (file.parent_path() / config).string()));
}

Result<ModelSpec> import_file(const fs::path& file) {
  auto open = open_regular_file(file);
  if (!open) return std::unexpected(std::move(open.error()));
  if (file.filename().string().ends_with(kSettings)) return refuse_settings(file);
  if (file.extension() == ".safetensors") return load_beside(file);
  char magic[4] = {};
  open->in.read(magic, sizeof magic);
  const std::string_view start(magic, static_cast<std::size_t>(open->in.gcount()));
  if (start == "GGUF" || file.extension() == ".gguf") return load_gguf(file);
  if (start.empty()) return fail(file.string(), "is empty");
  if (start.find_first_of("{ \t\r\n\xef") != 0)
    return fail(file.string(), "is no model: expected a GGUF file, a config.json, a safetensors index or a profile");
  if (open->bytes > kMaxJson)
    return fail(file.string(), fmt::format("{} bytes of JSON, at most {} are read", open->bytes, kMaxJson));
  open->in.seekg(0);
  switch (json_kind(open->in)) {
    case JsonKind::profile:
      return load_model(file);
    case JsonKind::index:
      return load_beside(file);
    case JsonKind::config:
      break;
  }
  return load_with_checkpoint(file);
}

}  // namespace

Result<ModelSpec> import_model(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return import_file(path);
  const auto file = model_file(path);
  if (!file) return std::unexpected(file.error());
  return import_file(*file);
}

}  // namespace roofcast
