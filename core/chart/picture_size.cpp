#include "core/chart/picture_size.hpp"

#include <charconv>

#include <fmt/format.h>

namespace roofcast {
namespace {

/// 0: not a side that is drawn.
int side(std::string_view digits) {
  int value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = problem == std::errc{} && end == digits.data() + digits.size();
  return whole && value >= kLeastPicture && value <= kMostPicture ? value : 0;
}

}  // namespace

Result<PictureSize> parse_picture_size(std::string_view text) {
  const auto cross = text.find('x');
  if (cross != std::string_view::npos) {
    const PictureSize size{.width = side(text.substr(0, cross)), .height = side(text.substr(cross + 1))};
    if (size.width > 0 && size.height > 0) return size;
  }
  return usage_error(
      "--size", fmt::format("'{}': expected WIDTHxHEIGHT, {} to {} pixels each", text, kLeastPicture, kMostPicture),
      "e.g. --size 1200x800");
}

}  // namespace roofcast
