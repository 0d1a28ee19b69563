#include "hwmodels/kernels/attention_shape.hpp"

#include <string>

#include <fmt/format.h>

namespace roofcast::kernels {

Errors shape_problems(const AttentionShape& shape, std::string_view where) {
  Errors errors;
  const auto add = [&](std::string what, std::string hint = {}) {
    errors.push_back({std::string(where), std::move(what), std::move(hint)});
  };
  if (shape.query_heads < 1) add(fmt::format("{} query heads: expected at least 1", shape.query_heads));
  if (shape.kv_heads < 1) add(fmt::format("{} KV heads: expected at least 1", shape.kv_heads));
  if (shape.query_heads >= 1 && shape.kv_heads >= 1 && shape.query_heads % shape.kv_heads != 0)
    add(fmt::format("{} query heads cannot be shared by {} KV heads: expected a multiple", shape.query_heads,
                    shape.kv_heads));
  if (shape.head_dim < 8 || shape.head_dim > kMaxHeadDim || shape.head_dim % 8 != 0)
    add(fmt::format("head_dim {}: expected a multiple of 8 from 8 to {}", shape.head_dim, kMaxHeadDim),
        fmt::format("the nearest is {}", std::clamp((shape.head_dim + 4) / 8 * 8, 8, kMaxHeadDim)));
  if (shape.window < 0) add(fmt::format("window of {} tokens: expected 0 (none) or more", shape.window));
  return errors;
}

}  // namespace roofcast::kernels
