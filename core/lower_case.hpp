#pragma once

#include <string>
#include <string_view>

namespace roofcast {

/// ASCII only: names must not depend on the locale.
[[nodiscard]] constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = lower_case(c);
  return low;
}

}  // namespace roofcast
