#include "cli/axis_ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace roofcast::cli {
namespace {

constexpr double kRounding = 1e-9;

std::string prefixed(double value, double base, std::array<std::string_view, 7> prefixes) {
  std::size_t at = 0;
  while (at + 1 < prefixes.size() && std::abs(value) >= base) {
    value /= base;
    ++at;
  }
  return fmt::format("{:.4g}{}", value, prefixes[at]);
}

/// Multiples of `digits` in every `stride`-th decade.
std::vector<double> decades(const AxisSpan& s, const std::vector<double>& digits, int stride) {
  std::vector<double> out;
  for (int e = static_cast<int>(std::floor(std::log10(s.least))); e <= std::ceil(std::log10(s.most)); ++e)
    if (((e % stride) + stride) % stride == 0)
      for (const double d : digits) out.push_back(d * std::pow(10.0, e));
  return out;
}

std::vector<double> powers_of_two(const AxisSpan& s, int stride) {
  std::vector<double> out;
  for (int e = static_cast<int>(std::floor(std::log2(s.least))); e <= std::ceil(std::log2(s.most)); ++e)
    if (((e % stride) + stride) % stride == 0) out.push_back(std::exp2(e));
  return out;
}

std::vector<double> even_steps(const AxisSpan& s, double step) {
  std::vector<double> out;
  for (double k = std::ceil(s.least / step - kRounding); k * step <= s.most + kRounding * step; ++k)
    out.push_back(k * step);
  return out;
}

std::vector<double> inside(const AxisSpan& s, std::vector<double> values) {
  std::erase_if(values, [&](double v) { return s.place(v) < -kRounding || s.place(v) > 1 + kRounding; });
  return values;
}

/// Candidates, the most crowded first.
std::vector<std::vector<double>> candidates(const AxisSpan& s, TickText text) {
  std::vector<std::vector<double>> out;
  if (s.scale == AxisScale::logarithmic && text == TickText::binary_prefix) {
    for (const int stride : {1, 2, 3, 4, 5, 10, 20}) out.push_back(powers_of_two(s, stride));
  } else if (s.scale == AxisScale::logarithmic) {
    out = {decades(s, {1, 2, 5}, 1), decades(s, {1, 3}, 1)};
    for (const int stride : {1, 2, 3, 5, 10}) out.push_back(decades(s, {1}, stride));
  } else {
    const double size = std::pow(10.0, std::floor(std::log10(s.most - s.least)) - 1);
    for (const double step : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0}) out.push_back(even_steps(s, step * size));
  }
  return out;
}

}  // namespace

double AxisSpan::place(double v) const {
  return scale == AxisScale::logarithmic ? std::log(v / least) / std::log(most / least) : (v - least) / (most - least);
}

double AxisSpan::value(double p) const {
  return scale == AxisScale::logarithmic ? least * std::pow(most / least, p) : least + p * (most - least);
}

std::string tick_text(double value, TickText text) {
  if (text == TickText::decimal_prefix) return prefixed(value, 1000, {"", "k", "M", "G", "T", "P", "E"});
  if (text == TickText::binary_prefix) return prefixed(value, 1024, {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"});
  return std::abs(value) < 1e7 ? fmt::format("{:.7g}", value) : fmt::format("{:.3g}", value);
}

std::vector<AxisTick> axis_ticks(const AxisSpan& s, TickText text, int most) {
  std::vector<AxisTick> out;
  for (const auto& values : candidates(s, text)) {
    const auto kept = inside(s, values);
    if (static_cast<int>(kept.size()) > std::max(most, 1)) continue;
    for (const double v : kept) out.push_back({v, tick_text(v, text)});
    break;
  }
  return out;
}

}  // namespace roofcast::cli
