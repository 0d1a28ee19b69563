#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roofcast {

/// Text out of a file that nobody vouches for, fit for one line of a terminal or a JSON string: anything
/// but printable ASCII becomes '?', what is too long is cut.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_length = 64);

}  // namespace roofcast
