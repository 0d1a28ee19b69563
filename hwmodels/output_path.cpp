#include "hwmodels/output_path.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace roofcast {

std::unexpected<Errors> write_error(const std::string& shown, int code) {
  return fail(shown, fmt::format("cannot be written: {}", std::generic_category().message(code)), {}, ErrorKind::file);
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::string& shown) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return write_error(shown, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string link_target(const std::filesystem::path& path) {
  std::error_code ec;
  const auto resolved = std::filesystem::weakly_canonical(path, ec);
  return ec || resolved.empty() ? path.string() : resolved.string();
}

bool is_device_or_pipe(const std::filesystem::path& path) {
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

Result<void> check_replaceable(const std::string& target, const std::string& shown) {
  std::error_code ec;
  const auto status = std::filesystem::status(target, ec);
  if (std::filesystem::is_directory(status)) return write_error(shown, EISDIR);
  if (std::filesystem::exists(status) && ::access(target.c_str(), W_OK) != 0) return write_error(shown, errno);
  return {};
}

mode_t replacement_mode(const std::string& target) {
  struct stat existing {};
  if (::stat(target.c_str(), &existing) == 0) return existing.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace roofcast
