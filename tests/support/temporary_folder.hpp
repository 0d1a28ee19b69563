#pragma once

#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace roofcast::test {

/// A folder of a test's own that goes away with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "roofcast-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  /// Writes a file; `bytes` longer than the content make a hole behind it.
  std::filesystem::path write(std::string_view name, std::string_view content, std::uint64_t bytes = 0) const {
    const auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << content;
    if (bytes > content.size()) std::filesystem::resize_file(file, bytes);
    return file;
  }

 private:
  std::filesystem::path path_{};
};

}  // namespace roofcast::test
