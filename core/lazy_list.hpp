#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <limits>
#include <utility>
#include <vector>

namespace roofcast {

/// A product of counts; the largest count there is stands for all that are larger.
[[nodiscard]] constexpr std::size_t saturated_product(std::initializer_list<std::size_t> factors) {
  std::size_t product = 1;
  for (const std::size_t f : factors) {
    if (f == 0) return 0;
    const bool overflows = product > std::numeric_limits<std::size_t>::max() / f;
    product = overflows ? std::numeric_limits<std::size_t>::max() : product * f;
  }
  return product;
}

/// Values that are computed when asked for: a list of 10^12 costs as much as one of two.
template <class T>
class LazyList {
 public:
  LazyList() = default;
  LazyList(std::size_t size, std::function<T(std::size_t)> at) : size_{size}, at_{std::move(at)} {}
  LazyList(std::vector<T> values)
      : size_{values.size()}, at_{[v = std::move(values)](std::size_t i) -> T { return v[i]; }} {}
  LazyList(std::initializer_list<T> values) : LazyList(std::vector<T>(values)) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T operator[](std::size_t i) const { return at_(i); }

 private:
  std::size_t size_ = 0;
  std::function<T(std::size_t)> at_{};
};

}  // namespace roofcast
