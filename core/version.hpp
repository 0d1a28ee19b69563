#pragma once

#include <string_view>

namespace roofcast {

/// "0.1.0": project(VERSION) of CMakeLists.txt.
[[nodiscard]] std::string_view version();

/// The commit it was built from, "-dirty" appended when files differed from it; empty outside a repository.
[[nodiscard]] std::string_view git_revision();

}  // namespace roofcast
