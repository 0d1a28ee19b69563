#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roofcast {

/// Edits that turn one name into the other, letter case aside: insert, delete, replace, swap neighbours.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known name that was probably meant: few edits away, else the shortest one that starts with
/// `wrong`. nullopt when nothing is near: a far-fetched hint is worse than none.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view wrong, std::span<const std::string> known);

/// "did you mean 'h100-sxm'?", or empty when nothing is near.
[[nodiscard]] std::string did_you_mean(std::string_view wrong, std::span<const std::string> known);

}  // namespace roofcast
