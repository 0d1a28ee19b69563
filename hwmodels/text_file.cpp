#include "hwmodels/text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace roofcast {

// C streams: a folder opens but does not read, and only they say why.
Result<std::string> read_text(const std::filesystem::path& file, std::size_t max_bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in{std::fopen(file.c_str(), "rb"), &std::fclose};
  if (!in) return fail(file.string(), fmt::format("cannot open: {}", std::strerror(errno)), {}, ErrorKind::file);

  std::string text;
  char buffer[16 * 1024];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, in.get())) > 0;) {
    text.append(buffer, n);
    if (text.size() > max_bytes)
      return fail(file.string(), fmt::format("larger than {} bytes: not a profile", max_bytes));
  }
  if (std::ferror(in.get()) != 0)
    return fail(file.string(), fmt::format("cannot read: {}", std::strerror(errno)), {}, ErrorKind::file);
  return text;
}

}  // namespace roofcast
