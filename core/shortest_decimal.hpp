#pragma once

namespace roofcast {

/// Writes the shortest decimal that reads back to the same double, as std::to_chars does, to `to`, which has room for
/// 48 characters; returns its end. Numbers of everyday size are written without a detour. @pre `value` is finite.
[[nodiscard]] char* write_shortest(double value, char* to);

}  // namespace roofcast
