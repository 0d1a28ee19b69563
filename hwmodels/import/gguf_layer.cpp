#include "hwmodels/import/gguf_layer.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/printable.hpp"

namespace roofcast {

void GgufLayer::add(std::string_view tensor, std::string what) const {
  errors.push_back({fmt::format("{}:/tensors/blk.{}.{}", origin, block.index, printable(tensor)), std::move(what), {}});
}

void GgufLayer::expect(std::string_view tensor, std::uint64_t columns, std::uint64_t rows,
                       std::string_view because) const {
  const auto* t = block.find(tensor);
  if (t == nullptr) return add(tensor, "missing");
  if (t->dims.front() == columns && t->elements == columns * rows) return;
  add(tensor, fmt::format("{}, expected [{}, {}] from {}", shape_text(t->dims), columns, rows, because));
}

int GgufLayer::dim(std::string_view tensor, std::size_t axis) const {
  const auto* t = block.find(tensor);
  if (t == nullptr) {
    add(tensor, "missing");
    return 0;
  }
  const auto size = axis < t->dims.size() ? t->dims[axis] : 1;
  if (size <= static_cast<std::uint64_t>(std::numeric_limits<int>::max())) return static_cast<int>(size);
  add(tensor, fmt::format("{}: dimension {} is beyond 2^31", shape_text(t->dims), axis));
  return 0;
}

}  // namespace roofcast
