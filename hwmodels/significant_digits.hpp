#pragma once

namespace roofcast {

/// The value with so many significant digits, as the double nearest to that decimal: what files of measurements and
/// fits store, because further digits are noise and people read the files too. Zero and infinities stay.
[[nodiscard]] double to_digits(double value, int digits);

}  // namespace roofcast
