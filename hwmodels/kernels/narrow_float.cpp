#include "hwmodels/kernels/narrow_float.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace roofcast::kernels {

float from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(std::uint32_t{bits} << 16);
}

std::uint16_t to_bf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (std::isnan(value))
    return static_cast<std::uint16_t>((bits >> 16) | 0x40u);  // rounding could carry it to infinity
  return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

float from_fp16(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1f;
  const auto fraction = static_cast<float>(bits & 0x3ff);
  float magnitude = 0;
  if (exponent == 0x1f)
    magnitude = fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  else if (exponent == 0)
    magnitude = std::ldexp(fraction, -24);
  else
    magnitude = std::ldexp(1024.0f + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

std::uint16_t to_fp16(float value) {
  const std::uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  const auto with = [sign](unsigned magnitude) { return static_cast<std::uint16_t>(sign | magnitude); };
  if (std::isnan(value)) return with(0x7e00);
  const float magnitude = std::fabs(value);
  if (magnitude >= 65520.0f) return with(0x7c00);  // the midpoint above the largest finite value
  if (magnitude < 0x1p-14f)                        // subnormal: multiples of 2^-24
    return with(static_cast<unsigned>(std::nearbyint(std::ldexp(magnitude, 24))));
  int exponent = 0;
  const float fraction = std::frexp(magnitude, &exponent);  // in [0.5, 1)
  // A fraction that rounds up to 2048 carries into the exponent, as it should.
  const auto steps = static_cast<unsigned>(std::nearbyint(std::ldexp(fraction, 11)));
  return with((static_cast<unsigned>(exponent + 13) << 10) + steps);
}

}  // namespace roofcast::kernels
