#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast::kernels {

/// The instruction set that the kernels run with, as the kernels themselves say it: "AVX3" (AVX-512), "AVX2", "NEON".
[[nodiscard]] std::string_view simd_target();

/// Those that were compiled and that this CPU can run, best first.
[[nodiscard]] std::vector<std::string> simd_targets();

/// From now on the kernels use this one: to measure or to test what other CPUs would run. "" is the best again.
/// Not while a kernel runs.
[[nodiscard]] Result<void> use_simd_target(std::string_view name);

}  // namespace roofcast::kernels
