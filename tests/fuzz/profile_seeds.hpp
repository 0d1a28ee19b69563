#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace roofcast::test {

/// The shipped profiles of a folder of presets, the shortest first, at most `count` of them.
inline std::vector<std::string> profile_seeds(std::string_view folder, std::size_t count = 8) {
  std::vector<std::string> texts;
  const std::filesystem::path presets = std::filesystem::path(ROOFCAST_SOURCE_DIR) / "presets" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(presets)) {
    std::ifstream in(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::ranges::sort(texts,
                    [](const auto& a, const auto& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  texts.resize(std::min(texts.size(), count));
  return texts;
}

}  // namespace roofcast::test
