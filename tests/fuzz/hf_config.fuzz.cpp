/// libFuzzer target: a config.json and, after a zero byte, a hf_quant_config.json.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "hwmodels/import/hf_config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto border = input.find('\0');
  const auto config = input.substr(0, border);
  const auto settings =
      border == std::string_view::npos ? std::nullopt : std::optional<std::string_view>{input.substr(border + 1)};

  const auto model = roofcast::import_hf_config(config, settings, "config.json");
  if (!model) return model.error().empty() ? std::abort(), 0 : 0;
  const double bytes = roofcast::kv_bytes_per_sequence(*model, roofcast::KvFormat{}, 4096).in(roofcast::units::byte);
  const double weights = roofcast::parameters(*model).total;
  if (model->layers.empty() || !std::isfinite(bytes) || !std::isfinite(weights) || weights <= 0) std::abort();
  return 0;
}
