#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "core/result.hpp"

namespace roofcast {

/// An open regular file and its size.
struct RegularFile {
  std::ifstream in{};
  std::uint64_t bytes = 0;
};

/// Opens a regular file for reading, links followed. Folders, pipes and devices are refused before they
/// are opened: opening a pipe would wait for a writer.
[[nodiscard]] Result<RegularFile> open_regular_file(const std::filesystem::path& file);

}  // namespace roofcast
