#include "hwmodels/kernels/cache_sides.hpp"

namespace roofcast::kernels {

CacheSides cache_sides(const KvCache& cache) {
  const std::span<const std::byte> all = cache.elements();
  const AttentionShape& shape = cache.spec().shape;
  CacheSides sides{.keys = all.first(all.size() / 2),
                   .values = all.last(all.size() / 2),
                   .skew = static_cast<std::size_t>(cache.spec().skew),
                   .view = cache.view()};
  if (sides.view.keys.scales == nullptr) return sides;
  const std::size_t rows =
      (sides.keys.size() / element_bytes(shape.kv) - sides.skew) / static_cast<std::size_t>(shape.head_dim);
  sides.key_scales = {sides.view.keys.scales, rows};
  sides.value_scales = {sides.view.values.scales, rows};
  return sides;
}

}  // namespace roofcast::kernels
