#include "hwmodels/import/gguf.hpp"

#include "hwmodels/import/gguf_model.hpp"
#include "hwmodels/import/gguf_parts.hpp"

namespace roofcast {

Result<ModelSpec> load_gguf(const std::filesystem::path& file) {
  const auto header = read_gguf_parts(file);
  if (!header) return std::unexpected(header.error());
  return gguf_model(*header, file.filename().string());
}

}  // namespace roofcast
