#include "core/quantity_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/value_literal.hpp"

namespace roofcast {
namespace {

template <class Q>
struct Named {
  std::string_view suffix;
  Q unit;
};

using namespace units;

// Ascending within each family of prefixes; binary ones last.
constexpr std::array kByteUnits{Named<Bytes>{"B", byte},  Named<Bytes>{"kB", kB},   Named<Bytes>{"MB", MB},
                                Named<Bytes>{"GB", GB},   Named<Bytes>{"TB", TB},   Named<Bytes>{"KiB", KiB},
                                Named<Bytes>{"MiB", MiB}, Named<Bytes>{"GiB", GiB}, Named<Bytes>{"TiB", TiB}};
constexpr std::array kMemoryUnits{Named<Bytes>{"B", byte}, Named<Bytes>{"KiB", KiB}, Named<Bytes>{"MiB", MiB},
                                  Named<Bytes>{"GiB", GiB}, Named<Bytes>{"TiB", TiB}};
constexpr std::array kBandwidthUnits{Named<BytesPerSecond>{"B/s", byte / s}, Named<BytesPerSecond>{"kB/s", kB / s},
                                     Named<BytesPerSecond>{"MB/s", MB / s}, Named<BytesPerSecond>{"GB/s", GB / s},
                                     Named<BytesPerSecond>{"TB/s", TB / s}};
constexpr std::array kRateUnits{Named<FlopsPerSecond>{"FLOP/s", flop / s}, Named<FlopsPerSecond>{"GFLOP/s", GFLOP / s},
                                Named<FlopsPerSecond>{"TFLOP/s", TFLOP / s},
                                Named<FlopsPerSecond>{"PFLOP/s", PFLOP / s}};
constexpr std::array kFlopUnits{Named<Flops>{"FLOP", flop}, Named<Flops>{"MFLOP", Flops{1e6}},
                                Named<Flops>{"GFLOP", GFLOP}, Named<Flops>{"TFLOP", TFLOP},
                                Named<Flops>{"PFLOP", PFLOP}};
constexpr std::array kTimeUnits{Named<Seconds>{"ns", ns}, Named<Seconds>{"us", us}, Named<Seconds>{"ms", ms},
                                Named<Seconds>{"s", s}};
/// The base unit first: what fits no other is exact in it.
constexpr std::array kExactTimeUnits{Named<Seconds>{"s", s}, Named<Seconds>{"ms", ms}, Named<Seconds>{"us", us},
                                     Named<Seconds>{"ns", ns}};
constexpr std::array kIntensityUnits{Named<FlopsPerByte>{"FLOP/B", flop / byte}};
constexpr std::array kPowerUnits{Named<double>{"W", 1.0}};
constexpr std::array kPriceUnits{Named<double>{"USD/h", 1.0}};

template <class Q>
Result<Q> parse(std::string_view text, std::span<const Named<Q>> table) {
  double number = 0;
  const auto [rest, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || !std::isfinite(number) || number < 0)
    return fail("", fmt::format("'{}' does not start with a non-negative number", text));

  std::string_view suffix(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (suffix.starts_with(' ')) suffix.remove_prefix(1);
  std::string known;
  for (const auto& [name, unit] : table) {
    if (name == suffix) return number * unit;
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  const auto problem = suffix.empty() ? std::string("has no unit") : fmt::format("has the unknown unit '{}'", suffix);
  return fail("", fmt::format("'{}' {}", text, problem), "use one of: " + known);
}

/// Three significant digits; from 1000 on all digits before the point (1023 MiB, not 1020).
std::string significant(double value) {
  if (value == 0) return "0";
  if (value >= 999.5) return fmt::format("{:.0f}", value);
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double step = std::pow(10.0, exponent - 2);
  const double rounded = std::round(value / step) * step;
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(rounded) * (1 + 1e-12))));
  return fmt::format("{:.{}f}", rounded, std::max(0, 2 - magnitude));
}

/// In the largest unit that the value (as printed) reaches, else the smallest.
template <class Q>
std::string format(Q value, std::span<const Named<Q>> table) {
  const Named<Q>* chosen = &table.front();
  for (const auto& candidate : table)
    if (value.in(candidate.unit) >= 0.9995) chosen = &candidate;
  return fmt::format("{} {}", significant(value.in(chosen->unit)), chosen->suffix);
}

template <class Q>
std::string exact(Q value, std::span<const Named<Q>> table) {
  std::string best = fmt::format("{} {}", value.in(table.front().unit), table.front().suffix);
  for (const auto& [suffix, unit] : table) {
    const double number = value.in(unit);
    if (number < 1 || number * unit != value) continue;
    if (auto text = fmt::format("{} {}", number, suffix); text.size() <= best.size()) best = std::move(text);
  }
  return best;
}

}  // namespace

Result<Bytes> parse_bytes(std::string_view text) {
  return parse<Bytes>(text, kByteUnits);
}
Result<BytesPerSecond> parse_bandwidth(std::string_view text) {
  return parse<BytesPerSecond>(text, kBandwidthUnits);
}
Result<FlopsPerSecond> parse_rate(std::string_view text) {
  return parse<FlopsPerSecond>(text, kRateUnits);
}
Result<Seconds> parse_seconds(std::string_view text) {
  return parse<Seconds>(text, kTimeUnits);
}
Result<double> parse_watts(std::string_view text) {
  return parse<double>(text, kPowerUnits);
}
Result<double> parse_price(std::string_view text) {
  return parse<double>(text, kPriceUnits);
}

std::string format_bytes(Bytes value) {
  return format<Bytes>(value, kMemoryUnits);
}
std::string whole_bytes(Bytes value) {
  return with_thousands(value.in(units::byte)) + " B";
}
std::string format_bandwidth(BytesPerSecond value) {
  return format<BytesPerSecond>(value, kBandwidthUnits);
}
std::string format_rate(FlopsPerSecond value) {
  return format<FlopsPerSecond>(value, kRateUnits);
}
std::string format_flops(Flops value) {
  return format<Flops>(value, kFlopUnits);
}
std::string format_seconds(Seconds value) {
  constexpr Seconds kNothing = 1e-3 * units::ns;  // a queue that is hardly ever there
  if (value < kNothing && value > -1.0 * kNothing) value = Seconds{};
  return format<Seconds>(value, kTimeUnits);
}
std::string format_intensity(FlopsPerByte value) {
  return format<FlopsPerByte>(value, kIntensityUnits);
}

std::string exact_text(Bytes value) {
  return exact<Bytes>(value, kByteUnits);
}
std::string exact_text(BytesPerSecond value) {
  return exact<BytesPerSecond>(value, kBandwidthUnits);
}
std::string exact_text(FlopsPerSecond value) {
  return exact<FlopsPerSecond>(value, kRateUnits);
}
std::string exact_text(Seconds value) {
  return exact<Seconds>(value, kExactTimeUnits);
}

}  // namespace roofcast
