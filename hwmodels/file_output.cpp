#include "hwmodels/file_output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "hwmodels/output_path.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kBufferBytes = 1'048'576;

}  // namespace

Result<FileOutput> FileOutput::create(const std::filesystem::path& path) {
  const std::string shown = path.string();
  const std::string target = link_target(path);
  if (is_device_or_pipe(target)) {
    const int descriptor = ::open(shown.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return write_error(shown, errno);
    return FileOutput(shown, target, {}, descriptor);
  }
  if (auto allowed = check_replaceable(target, shown); !allowed) return std::unexpected(allowed.error());
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return write_error(shown, errno);
  if (::fchmod(descriptor, replacement_mode(target)) != 0) {
    const int code = errno;
    ::close(descriptor);
    ::unlink(temporary.c_str());
    return write_error(shown, code);
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
  if (auto written = write_all(descriptor_, buffer_, shown_); !written) return written;
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
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) return write_error(shown_, errno);
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) {
    const int code = errno;
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    return write_error(shown_, code);
  }
  if (!temporary_.empty() && ::rename(temporary_.c_str(), target_.c_str()) != 0) {
    const int code = errno;
    ::unlink(temporary_.c_str());
    return write_error(shown_, code);
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
