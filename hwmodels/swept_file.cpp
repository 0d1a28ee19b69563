#include "hwmodels/swept_file.hpp"

#include <fstream>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "hwmodels/csv_file.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/manifest_reader.hpp"

namespace roofcast {

Result<void> check_swept_file(const std::filesystem::path& file) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(file, ec) || !std::filesystem::exists(manifest_path(file), ec)) return {};
  const auto manifest = manifest_of(file);
  if (!manifest) return std::unexpected(manifest.error());
  const auto& written = manifest->outcome;
  const auto changed = [&](std::string what) {
    return fail(file.string(), std::move(what), "sweep it again, or remove its manifest", ErrorKind::file);
  };
  const auto bytes = std::filesystem::file_size(file, ec);
  if (ec) return fail(file.string(), "cannot be read: " + ec.message(), {}, ErrorKind::file);
  if (bytes != written.bytes)
    return changed(fmt::format("has {} bytes, its manifest says {}: truncated or changed", bytes, written.bytes));
  if (bytes > kMaxCsvBytes) return {};
  std::ifstream in(file, std::ios::binary);
  Sha256 hash;
  std::string piece(1u << 20, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
    hash.update(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  if (in.bad()) return fail(file.string(), "cannot be read", {}, ErrorKind::file);
  if (hash.hex() != written.sha256)
    return changed("is not the file that was written: its SHA-256 is not the one of its manifest");
  return {};
}

}  // namespace roofcast
