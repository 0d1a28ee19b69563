#pragma once

#include <cstdint>

namespace roofcast::kernels {

/// 16-bit floats as their bits. Exact one way, rounded to the nearest (ties to even) the other; infinities and NaN
/// keep being what they are. For filling caches and for references: the kernels use the CPU's own instructions.
[[nodiscard]] float from_bf16(std::uint16_t bits);
[[nodiscard]] std::uint16_t to_bf16(float value);
[[nodiscard]] float from_fp16(std::uint16_t bits);
[[nodiscard]] std::uint16_t to_fp16(float value);

}  // namespace roofcast::kernels
