/// A preset and the import of the same model's published config are two readings of one thing.

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <string>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "core/step_plan.hpp"
#include "core/weights.hpp"
#include "hwmodels/import/hf_config.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
namespace fs = std::filesystem;

namespace {

/// A config names towers and extra layers without their size: presets that know it count more.
ModelSpec language_model(ModelSpec model) {
  model.vision_params = model.mtp_params = 0;
  return model;
}

/// Bytes of weights that a decode step of `batch` sequences streams on one GPU.
double streamed_weights(const ModelSpec& model, double batch) {
  double sum = 0;
  for (const auto& op : step_plan(model, {}, {}).operators)
    sum += op.count * decode_traffic(op, {.batch = batch, .context = 1}).weights;
  return sum;
}

/// "nvidia--Kimi-K2.5-NVFP4_config.json" -> "nvidia/Kimi-K2.5-NVFP4"
std::string published_name(const fs::path& file) {
  auto name = file.filename().string();
  name.erase(name.size() - std::string{"_config.json"}.size());
  if (const auto at = name.find("--"); at != std::string::npos) name.replace(at, 2, "/");
  return name;
}

bool is_shipped(const ModelSpec& model) {
  return fs::exists(shipped_presets().folders.front() / "model" / (model.id + ".json"));
}

/// Presets that mean to differ from a config file at hand, and why.
const std::map<std::string, std::string> kDifferent{};

}  // namespace

TEST_CASE("a preset and the import of its published config agree to the byte") {
  const fs::path configs = fs::path(ROOFCAST_SHARED_DIR) / "configs";
  if (!fs::is_directory(configs)) {
    WARN("skipped: no published configs in " << configs);
    return;
  }
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(configs)) {
    const auto file = entry.path().filename().string();
    if (!file.ends_with("_config.json") || file.ends_with("_hf_quant_config.json")) continue;
    const auto name = published_name(entry.path());
    const auto found = find_model(shipped_presets(), name);
    if (!found || !is_shipped(*found) || kDifferent.contains(name)) continue;
    CAPTURE(name, found->id);
    const auto preset = language_model(*found), imported = language_model(shipped(load_hf_config(entry.path())));
    ++compared;
    CHECK(parameters(preset).total == parameters(imported).total);
    CHECK(parameters(preset).active == parameters(imported).active);
    CHECK(weight_bytes(preset).in(units::byte) == Approx(weight_bytes(imported).in(units::byte)).epsilon(1e-12));
    for (const double batch : {1.0, 64.0})
      CHECK(streamed_weights(preset, batch) == Approx(streamed_weights(imported, batch)).epsilon(1e-12));
    CHECK(kv_bytes_per_token(preset, {}) == kv_bytes_per_token(imported, {}));
    for (const double tokens : {4096.0, 131072.0})
      CHECK(kv_bytes_per_sequence(preset, {}, tokens) == kv_bytes_per_sequence(imported, {}, tokens));
  }
  CHECK(compared >= 50);
}
