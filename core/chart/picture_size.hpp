#pragma once

#include <string_view>

#include "core/result.hpp"

namespace roofcast {

/// Pixels of a drawn chart.
struct PictureSize {
  int width = 1200;
  int height = 800;

  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

inline constexpr int kLeastPicture = 300, kMostPicture = 10'000;  ///< each way

/// "1200x800". Errors: at --size.
[[nodiscard]] Result<PictureSize> parse_picture_size(std::string_view text);

}  // namespace roofcast
