#pragma once

#include <string_view>

namespace roofcast::kernels {

/// Texts of decode_attention.cl and ceilings.cl, part of the program.
[[nodiscard]] std::string_view decode_attention_cl();
[[nodiscard]] std::string_view ceilings_cl();

}  // namespace roofcast::kernels
