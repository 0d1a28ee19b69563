#include "hwmodels/import/hf_config.hpp"

#include <system_error>

#include "hwmodels/import/hf_config_model_name.hpp"
#include "hwmodels/import/json_tree.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {

Result<ModelSpec> load_hf_config(const std::filesystem::path& path) {
  constexpr auto kLimit = static_cast<std::size_t>(JsonLimits{}.text_bytes);
  std::error_code unreadable;  // then reading says why
  const auto file = std::filesystem::is_directory(path, unreadable) ? path / "config.json" : path;
  if (const auto open = open_regular_file(file); !open) return std::unexpected(open.error());
  const auto text = read_text(file, kLimit);
  if (!text) return std::unexpected(text.error());

  const std::filesystem::path settings = hf::paired_quant_name(file.string());
  if (!std::filesystem::is_regular_file(settings, unreadable))
    return import_hf_config(*text, std::nullopt, file.string());
  const auto quant = read_text(settings, kLimit);
  if (!quant) return std::unexpected(quant.error());
  return import_hf_config(*text, *quant, file.string());
}

}  // namespace roofcast
