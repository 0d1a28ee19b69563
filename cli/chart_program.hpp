#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/chart/chart.hpp"
#include "core/result.hpp"

namespace roofcast::cli {

/// How a picture looks.
struct ChartLook {
  std::string theme = "light";  ///< or "dark"
  std::string size = "1200x800";
};

/// The program that draws: the one that ROOFCAST_CHARTS names, else roofcast-charts in `folder`, where this program
/// is, or in a folder of `path` (as $PATH). nullopt: there is none.
[[nodiscard]] std::optional<std::filesystem::path> chart_program(const std::filesystem::path& folder,
                                                                 std::string_view path);

/// The same for this process. Errors: it is not installed.
[[nodiscard]] Result<std::filesystem::path> drawing_program();

/// The bytes of a picture, `ending` ".svg" or ".png", as roofcast-charts draws it. Errors: it is not installed, or
/// what it says.
[[nodiscard]] Result<std::string> picture(const Figure& figure, const std::string& ending, const ChartLook& look);

}  // namespace roofcast::cli
