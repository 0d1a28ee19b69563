#pragma once

namespace roofcast::kernels {

/// So many rounds of independent fp32 multiply-adds out of registers; their FLOP, two each.
[[nodiscard]] double multiply_adds(long rounds);

}  // namespace roofcast::kernels
