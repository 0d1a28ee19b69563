#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace roofcast {

/// Rows set apart to see what a fit is worth where it has not looked.
struct HoldOut {
  std::string name{};         ///< "unseen head shapes"
  std::vector<bool> apart{};  ///< per row

  friend bool operator==(const HoldOut&, const HoldOut&) = default;
};

/// A number in [0, 1) that a configuration keeps for ever: the same rows are apart in every run and build.
[[nodiscard]] double lot(const std::vector<double>& configuration);

/// Whether each configuration is among the `share` of the different ones with the lowest lots: at least one of
/// them is, and one is not. None with fewer than three.
[[nodiscard]] std::vector<bool> drawn(const std::vector<std::vector<double>>& configurations, double share);

/// The middle one of the different values: fits know smaller and larger ones. 0 with fewer than three.
[[nodiscard]] double middle_value(std::vector<double> values);

/// Where the upper two of the different values begin; infinity with fewer than four.
[[nodiscard]] double upper_two_from(std::vector<double> values);

}  // namespace roofcast
