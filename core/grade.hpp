#pragma once

#include <string_view>

namespace roofcast {

/// What a figure says about itself (docs/cli.md, "Grades").
enum class Grade { exact, measured, calibrated, extrapolated, theoretical };

[[nodiscard]] constexpr std::string_view name(Grade g) {
  switch (g) {
    case Grade::exact:
      return "exact";
    case Grade::measured:
      return "measured";
    case Grade::calibrated:
      return "calibrated";
    case Grade::extrapolated:
      return "extrapolated";
    case Grade::theoretical:
      return "theoretical";
  }
  return "";
}

}  // namespace roofcast
