#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/units.hpp"

/// Quantities as text: the only way a number with a unit enters or leaves the program.
namespace roofcast {

/// "80 GB", "79.6 GiB". A bare number is an error: the unit is part of the value.
[[nodiscard]] Result<Bytes> parse_bytes(std::string_view text);
/// "3.35 TB/s"
[[nodiscard]] Result<BytesPerSecond> parse_bandwidth(std::string_view text);
/// "989.4 TFLOP/s"
[[nodiscard]] Result<FlopsPerSecond> parse_rate(std::string_view text);
/// "50 ms"
[[nodiscard]] Result<Seconds> parse_seconds(std::string_view text);
/// "700 W", as watts
[[nodiscard]] Result<double> parse_watts(std::string_view text);
/// "2.99 USD/h", as US dollars per hour
[[nodiscard]] Result<double> parse_price(std::string_view text);

/// For people: three significant digits; binary prefixes for memory, decimal ones for everything else.
[[nodiscard]] std::string format_bytes(Bytes value);
/// "131,072 B"
[[nodiscard]] std::string whole_bytes(Bytes value);
[[nodiscard]] std::string format_bandwidth(BytesPerSecond value);
[[nodiscard]] std::string format_rate(FlopsPerSecond value);
[[nodiscard]] std::string format_flops(Flops value);
[[nodiscard]] std::string format_seconds(Seconds value);
[[nodiscard]] std::string format_intensity(FlopsPerByte value);

/// For files: the shortest text that parses back to the very same value.
[[nodiscard]] std::string exact_text(Bytes value);
[[nodiscard]] std::string exact_text(BytesPerSecond value);
[[nodiscard]] std::string exact_text(FlopsPerSecond value);
[[nodiscard]] std::string exact_text(Seconds value);

}  // namespace roofcast
