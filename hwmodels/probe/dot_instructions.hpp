#pragma once

namespace roofcast::probe {

/// Loops over the CPU's dot products of narrow numbers, out of registers; they return the FLOP done (a multiply-add
/// is 2). nullptr where this CPU, or this architecture's part of the program, has none.
[[nodiscard]] double (*bf16_dot_loop())(long rounds);
[[nodiscard]] double (*int8_dot_loop())(long rounds);

}  // namespace roofcast::probe
