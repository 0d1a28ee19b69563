#include "hwmodels/file_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace roofcast {
namespace {

constexpr std::size_t kBufferBytes = 1'048'576;

std::unexpected<Errors> file_error(const std::string& shown, int code) {
  return fail(shown, fmt::format("cannot be written: {}", std::generic_category().message(code)), {}, ErrorKind::file);
}

/// Permissions of a file that an ordinary open would have made; mkstemp alone gives 0600.
mode_t new_file_mode(const std::string& target) {
  struct stat existing {};
  if (::stat(target.c_str(), &existing) == 0) return existing.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

/// Where the bytes end up: a link is followed, so that it stays a link.
std::string link_target(const std::filesystem::path& path) {
  std::error_code ec;
  const auto resolved = std::filesystem::weakly_canonical(path, ec);
  return ec || resolved.empty() ? path.string() : resolved.string();
}

}  // namespace

Result<FileOutput> FileOutput::create(const std::filesystem::path& path) {
  const std::string shown = path.string();
  const std::string target = link_target(path);
  std::error_code ec;
  const auto status = std::filesystem::status(target, ec);
  if (std::filesystem::is_directory(status)) return file_error(shown, EISDIR);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    const int descriptor = ::open(shown.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return file_error(shown, errno);
    return FileOutput(shown, target, {}, descriptor);
  }
  // Renaming over a file that may not be written would succeed: the folder decides. Users expect the file to.
  if (std::filesystem::exists(status) && ::access(target.c_str(), W_OK) != 0) return file_error(shown, errno);
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return file_error(shown, errno);
  if (::fchmod(descriptor, new_file_mode(target)) != 0) {
    const int code = errno;
    ::close(descriptor);
    ::unlink(temporary.c_str());
    return file_error(shown, code);
  }
  return FileOutput(shown, target, temporary, descriptor);
}

FileOutput::FileOutput(std::string shown, std::string target, std::string temporary, int descriptor)
    : shown_{std::move(shown)}, target_{std::move(target)}, temporary_{std::move(temporary)}, descriptor_{descriptor} {}

FileOutput::FileOutput(FileOutput&& other) noexcept
    : shown_{std::move(other.shown_)},
      target_{std::move(other.target_)},
      temporary_{std::move(other.temporary_)},
      buffer_{std::move(other.buffer_)},
      descriptor_{std::exchange(other.descriptor_, -1)} {}

FileOutput& FileOutput::operator=(FileOutput&& other) noexcept {
  if (this == &other) return *this;
  discard();
  shown_ = std::move(other.shown_);
  target_ = std::move(other.target_);
  temporary_ = std::move(other.temporary_);
  buffer_ = std::move(other.buffer_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

FileOutput::~FileOutput() {
  discard();
}

void FileOutput::discard() noexcept {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  descriptor_ = -1;
}

Result<void> FileOutput::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error(shown_, errno);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Result<void> FileOutput::write(std::string_view bytes) {
  buffer_.append(bytes);
  return buffer_.size() < kBufferBytes ? Result<void>{} : flush();
}

Result<void> FileOutput::commit() {
  if (auto flushed = flush(); !flushed) return flushed;
  // A full disk or a lost network share may only show here.
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) return file_error(shown_, errno);
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) {
    const int code = errno;
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    return file_error(shown_, code);
  }
  if (!temporary_.empty() && ::rename(temporary_.c_str(), target_.c_str()) != 0) {
    const int code = errno;
    ::unlink(temporary_.c_str());
    return file_error(shown_, code);
  }
  return {};
}

Result<void> FileOutput::commit_as(const std::filesystem::path& target) {
  if (replaces_file()) {
    shown_ = target.string();
    target_ = link_target(target);
  }
  return commit();
}

Result<void> write_file_atomically(const std::filesystem::path& target, std::string_view bytes) {
  auto file = FileOutput::create(target);
  if (!file) return std::unexpected(file.error());
  if (auto written = file->write(bytes); !written) return written;
  return file->commit();
}

}  // namespace roofcast
