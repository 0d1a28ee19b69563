#include "core/chart/axis_ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace roofcast {
namespace {

constexpr double kStepRounding = 1e-9;  ///< of a step: what adding up steps may be off by

/// A value in units of its prefix.
struct Prefixed {
  double scale = 1;
  std::string_view prefix{};
};

Prefixed prefixed(double value, TickText style) {
  constexpr std::array<std::string_view, 7> kDecimal{"", "k", "M", "G", "T", "P", "E"};
  constexpr std::array<std::string_view, 7> kBinary{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  if (style == TickText::plain) return {};
  const double base = style == TickText::binary_prefix ? 1024 : 1000;
  Prefixed found;
  for (std::size_t i = 1; i < kDecimal.size() && std::abs(value) >= found.scale * base * (1 - kStepRounding); ++i) {
    found = {found.scale * base, style == TickText::binary_prefix ? kBinary[i] : kDecimal[i]};
  }
  return found;
}

/// The least of 1, 2, 5 times a power of ten (or the least power of two) that is not below `least`.
double round_step(double least, bool binary) {
  if (binary) return std::exp2(std::ceil(std::log2(least) - kStepRounding));
  const double decade = std::pow(10, std::floor(std::log10(least) + kStepRounding));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (times * decade >= least * (1 - kStepRounding)) return times * decade;
  }
  return 10 * decade;
}

AxisTicks even_ticks(const ChartAxis& axis, double low, double high, int most) {
  const double step = round_step((high - low) / std::max(1, most), axis.ticks == TickText::binary_prefix);
  AxisTicks ticks;
  for (double i = std::ceil(low / step - kStepRounding); i <= high / step + kStepRounding; ++i) {
    ticks.labelled.push_back({i * step, tick_text(i * step, axis.ticks, step)});
  }
  return ticks;
}

/// Powers of `base`, every `stride`-th of them, each times the `steps`.
std::vector<double> ladder(double low, double high, double base, int stride, const std::vector<double>& steps) {
  const double unit = std::log(base) * stride;
  std::vector<double> values;
  for (double i = std::floor(std::log(low) / unit - kStepRounding); i <= std::log(high) / unit + kStepRounding; ++i) {
    for (const double step : steps) {
      const double value = std::pow(base, i * stride) * step;
      if (value >= low * (1 - kStepRounding) && value <= high * (1 + kStepRounding)) values.push_back(value);
    }
  }
  return values;
}

AxisTicks logarithmic_ticks(const ChartAxis& axis, double low, double high, int most) {
  const bool binary = axis.ticks == TickText::binary_prefix;
  const double base = binary ? 2 : 10;
  const auto allowed = static_cast<std::size_t>(std::max(2, most));
  std::vector<double> values = ladder(low, high, base, 1, binary ? std::vector{1.0} : std::vector{1.0, 2.0, 5.0});
  const bool narrow = values.size() < 3;
  if (narrow) return even_ticks(axis, low, high, std::min(most, 5));
  for (int stride = 1; values.size() > allowed; ++stride) {
    std::vector<double> fewer = ladder(low, high, base, stride, {1.0});
    if (fewer.size() < 2) break;
    values = std::move(fewer);
  }

  AxisTicks ticks;
  for (const double v : values) {
    const double step = binary ? v : std::pow(10, std::floor(std::log10(v) + kStepRounding));
    ticks.labelled.push_back({v, tick_text(v, axis.ticks, step)});
  }
  const bool wide = std::log10(high / low) > 8;
  for (const double v :
       ladder(low, high, base, 1,
              binary || wide ? std::vector{1.0} : std::vector{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0})) {
    const auto same = [&](double other) { return std::abs(other / v - 1) < 1e-6; };
    if (std::ranges::none_of(values, same)) ticks.minor.push_back(v);
  }
  return ticks;
}

}  // namespace

std::string tick_text(double value, TickText style, double step) {
  if (std::abs(value) < step * kStepRounding) return "0";
  const auto [scale, prefix] = prefixed(value, style);
  const double shown = value / scale;
  const double size = std::abs(shown);
  if (size >= 1e7 || size < 1e-4) {
    std::string text = fmt::format("{:.6g}", shown);
    const auto exponent = text.find('e');
    if (exponent == std::string::npos) return text + std::string(prefix);
    return fmt::format("{}e{}", text.substr(0, exponent), std::stoi(text.substr(exponent + 1)));
  }
  constexpr int kMostDecimals = 9;
  for (int decimals = 0; decimals < kMostDecimals; ++decimals) {
    const double unit = std::pow(10, -decimals);
    if (std::abs(std::round(shown / unit) * unit - shown) <= 1e-3 * step / scale) {
      return fmt::format("{:.{}f}{}", shown, decimals, prefix);
    }
  }
  return fmt::format("{:.{}f}{}", shown, kMostDecimals, prefix);
}

AxisTicks axis_ticks(const ChartAxis& axis, double low, double high, int most) {
  if (axis.scale == AxisScale::categories) {
    AxisTicks ticks;
    for (std::size_t i = 0; i < axis.categories.size(); ++i) {
      const auto at = static_cast<double>(i);
      if (at >= low && at <= high) ticks.labelled.push_back({at, axis.categories[i]});
    }
    return ticks;
  }
  if (!(high > low) || !std::isfinite(high - low)) return {};
  return axis.scale == AxisScale::logarithmic && low > 0 ? logarithmic_ticks(axis, low, high, most)
                                                         : even_ticks(axis, low, high, most);
}

}  // namespace roofcast
