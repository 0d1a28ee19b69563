#include "cli/sibling_program.hpp"

#include <unistd.h>

#include <system_error>
#include <vector>

#include "cli/process_variable.hpp"

namespace roofcast::cli {

bool is_program(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

std::optional<std::filesystem::path> sibling_program(std::string_view name, const std::filesystem::path& folder,
                                                     std::string_view path) {
  std::vector<std::filesystem::path> places{folder};
  while (!path.empty()) {
    const auto end = path.find(':');
    if (end != 0) places.emplace_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
  }
  for (const auto& place : places)
    if (is_program(place / name)) return place / name;
  return {};
}

std::optional<std::filesystem::path> sibling_program(std::string_view name) {
  std::error_code unknown;
  return sibling_program(name, std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path(),
                         process_variable("PATH").value_or(""));
}

}  // namespace roofcast::cli
