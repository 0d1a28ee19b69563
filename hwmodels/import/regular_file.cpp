#include "hwmodels/import/regular_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace roofcast {
namespace {

namespace fs = std::filesystem;

std::string_view type_name(fs::file_type type) {
  switch (type) {
    case fs::file_type::directory:
      return "a folder";
    case fs::file_type::fifo:
      return "a pipe";
    case fs::file_type::socket:
      return "a socket";
    case fs::file_type::block:
    case fs::file_type::character:
      return "a device";
    default:
      return "not a regular file";
  }
}

std::unexpected<Errors> cannot(const fs::path& file, std::string why) {
  return fail(file.string(), std::move(why), {}, ErrorKind::file);
}

}  // namespace

Result<RegularFile> open_regular_file(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) {
    const bool link = fs::is_symlink(fs::symlink_status(file, error));
    return cannot(file, link ? "a link to a file that does not exist" : "no such file or folder");
  }
  if (error) return cannot(file, fmt::format("cannot open: {}", error.message()));
  if (status.type() != fs::file_type::regular)
    return cannot(file, fmt::format("{}, expected a file", type_name(status.type())));

  const auto bytes = fs::file_size(file, error);
  if (error) return cannot(file, fmt::format("cannot open: {}", error.message()));
  RegularFile open{.in = std::ifstream(file, std::ios::binary), .bytes = bytes};
  if (!open.in) return cannot(file, fmt::format("cannot open: {}", std::strerror(errno)));
  return open;
}

}  // namespace roofcast
