#pragma once

#include <cstddef>
#include <span>

#include "hwmodels/kernels/kv_cache.hpp"

namespace roofcast::kernels {

/// What of a cache goes to a device, piece by piece. Valid as long as the cache lives.
struct CacheSides {
  std::span<const std::byte> keys{};
  std::span<const std::byte> values{};
  std::span<const float> key_scales{};  ///< int8 only
  std::span<const float> value_scales{};
  std::size_t skew = 0;  ///< elements before the first row, of K and of V
  KvCacheView view{};    ///< strides, pages
};

[[nodiscard]] CacheSides cache_sides(const KvCache& cache);

}  // namespace roofcast::kernels
