#include "hwmodels/text_file.hpp"

#include <fmt/format.h>

#include "hwmodels/import/regular_file.hpp"

namespace roofcast {

Result<std::string> read_text(const std::filesystem::path& file, std::size_t max_bytes) {
  auto open = open_regular_file(file);
  if (!open) return std::unexpected(open.error());
  // The file may grow while it is read: count what arrives, not what was promised.
  std::string text;
  char buffer[16 * 1024];
  while (open->in.read(buffer, sizeof buffer) || open->in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(open->in.gcount()));
    if (text.size() > max_bytes) return fail(file.string(), fmt::format("larger than {} bytes", max_bytes));
  }
  if (open->in.bad()) return fail(file.string(), "cannot read", {}, ErrorKind::file);
  return text;
}

}  // namespace roofcast
