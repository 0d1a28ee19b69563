#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast {

/// A file that appears whole or not at all: bytes go to a temporary name beside the target, `commit`
/// renames. Devices and pipes ("/dev/null", "/dev/stdout") are written directly, never replaced.
/// Dropping it without `commit` leaves the target as it was.
class FileOutput {
 public:
  [[nodiscard]] static Result<FileOutput> create(const std::filesystem::path& target);

  FileOutput(FileOutput&& other) noexcept;
  FileOutput& operator=(FileOutput&& other) noexcept;
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;
  ~FileOutput();

  /// False for devices and pipes.
  [[nodiscard]] bool replaces_file() const { return !temporary_.empty(); }
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// Writes out what is buffered, syncs and renames. Nothing may be written afterwards.
  [[nodiscard]] Result<void> commit();
  /// The same under another name; devices and pipes keep theirs.
  [[nodiscard]] Result<void> commit_as(const std::filesystem::path& target);

 private:
  FileOutput(std::string shown, std::string target, std::string temporary, int descriptor);
  [[nodiscard]] Result<void> flush();
  void discard() noexcept;

  std::string shown_{};      ///< the path as the user wrote it, for messages
  std::string target_{};     ///< after following links
  std::string temporary_{};  ///< empty: written directly
  std::string buffer_{};
  int descriptor_ = -1;
};

/// The whole file at once.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& target, std::string_view bytes);

}  // namespace roofcast
