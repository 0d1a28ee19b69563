#include "hwmodels/resumable_output.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/file_output.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kFilePiece = 1'048'576;
constexpr std::size_t kMaxPlanBytes = 1u << 20;

/// The file that a link leads to, else the path as it was written: partial files are beside the bytes.
std::string replaced_path(const std::filesystem::path& path) {
  std::error_code ec;
  return std::filesystem::is_symlink(path, ec) ? link_target(path) : path.string();
}

/// Does the path still lead to what is open? Another process may have renamed it meanwhile.
bool leads_to(const std::string& path, int descriptor) {
  struct stat named {
  }, open{};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_dev == open.st_dev &&
         named.st_ino == open.st_ino;
}

/// The descriptor of the partial file, locked.
Result<int> locked(const std::string& partial, const std::string& shown) {
  while (true) {
    const int descriptor = ::open(partial.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) return write_error(errno == ENOENT ? shown : partial, errno);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(descriptor);
      return fail(partial, "is being written by another process", "wait for it, or choose another file",
                  ErrorKind::file);
    }
    // Other failures are of file systems that know no locks: those go without.
    if (leads_to(partial, descriptor)) return descriptor;
    ::close(descriptor);
  }
}

}  // namespace

std::string partial_path(const std::filesystem::path& target) {
  return replaced_path(target) + ".partial";
}

Result<ResumableOutput> ResumableOutput::open(const std::filesystem::path& path) {
  const std::string target = replaced_path(path);
  if (auto allowed = check_replaceable(target, path.string()); !allowed) return std::unexpected(allowed.error());
  const std::string partial = partial_path(path);
  const auto descriptor = locked(partial, path.string());
  if (!descriptor) return std::unexpected(descriptor.error());
  return ResumableOutput(target, path.string(), partial, *descriptor);
}

ResumableOutput::ResumableOutput(std::string target, std::string shown, std::string partial, int descriptor)
    : target_{std::move(target)}, shown_{std::move(shown)}, partial_{std::move(partial)}, descriptor_{descriptor} {}

ResumableOutput::ResumableOutput(ResumableOutput&& other) noexcept
    : target_{std::move(other.target_)},
      shown_{std::move(other.shown_)},
      partial_{std::move(other.partial_)},
      descriptor_{std::exchange(other.descriptor_, -1)} {}

ResumableOutput::~ResumableOutput() {
  if (descriptor_ < 0) return;
  if (is_empty()) {
    ::unlink(plan_path().c_str());
    ::unlink(partial_.c_str());
  }
  ::close(descriptor_);
}

bool ResumableOutput::is_empty() const {
  struct stat open {};
  return ::fstat(descriptor_, &open) == 0 && open.st_size == 0;
}

Result<std::string> ResumableOutput::plan() const {
  std::error_code ec;
  if (!std::filesystem::exists(plan_path(), ec) && !ec) return std::string{};
  return read_text(plan_path(), kMaxPlanBytes);
}

Result<void> ResumableOutput::read(const std::function<bool(std::string_view)>& sink) const {
  std::string piece(kFilePiece, '\0');
  for (off_t at = 0;;) {
    const auto got = ::pread(descriptor_, piece.data(), piece.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail(partial_, fmt::format("cannot be read: {}", std::generic_category().message(errno)), {},
                  ErrorKind::file);
    if (got == 0 || !sink({piece.data(), static_cast<std::size_t>(got)})) return {};
    at += got;
  }
}

Result<void> ResumableOutput::begin(std::string_view plan) {
  // In this order: rows of one plan are never beside another plan, whenever the program is killed.
  if (auto cut = go_on_behind(0); !cut) return cut;
  if (::fchmod(descriptor_, replacement_mode(target_)) != 0) return write_error(partial_, errno);
  return write_file_atomically(plan_path(), plan);
}

Result<void> ResumableOutput::go_on_behind(std::uint64_t bytes) {
  const auto end = static_cast<off_t>(bytes);
  if (::ftruncate(descriptor_, end) != 0 || ::lseek(descriptor_, end, SEEK_SET) < 0)
    return write_error(partial_, errno);
  return {};
}

Result<void> ResumableOutput::write(std::string_view bytes) {
  return write_all(descriptor_, bytes, partial_);
}

Result<void> ResumableOutput::keep() {
  // A full disk or a lost network share may only show here.
  return ::fsync(descriptor_) == 0 ? Result<void>{} : write_error(partial_, errno);
}

Result<void> ResumableOutput::commit() {
  if (auto kept = keep(); !kept) return kept;
  if (::rename(partial_.c_str(), target_.c_str()) != 0) return write_error(shown_, errno);
  ::close(std::exchange(descriptor_, -1));
  return {};
}

void ResumableOutput::finish() const {
  // Under the lock of a new and empty partial file: a plan that another process has begun meanwhile is its own.
  [[maybe_unused]] const auto emptied = open(target_);
}

}  // namespace roofcast
