#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace roofcast::kernels {

/// Two cache lines: prefetchers fetch them in pairs.
inline constexpr std::size_t kLineBytes = 128;

/// Whole lines, so that nothing that another thread writes lies beside what this one works with: cores that share no
/// cache pass such a line to and fro at the cost of a memory access.
template <class T>
struct LineAllocator {
  using value_type = T;

  LineAllocator() = default;
  template <class U>
  explicit LineAllocator(const LineAllocator<U>&) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = (count * sizeof(T) + kLineBytes - 1) / kLineBytes * kLineBytes;
    return static_cast<T*>(::operator new (bytes, std::align_val_t{kLineBytes}));
  }
  void deallocate(T* memory, std::size_t) noexcept { ::operator delete (memory, std::align_val_t{kLineBytes}); }

  friend bool operator==(const LineAllocator&, const LineAllocator&) = default;
};

using LineFloats = std::vector<float, LineAllocator<float>>;

}  // namespace roofcast::kernels
