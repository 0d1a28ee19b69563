#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"
#include "core/units.hpp"

namespace roofcast::kernels {

enum class PageSize { small, huge };

/// Zeroed memory straight from the system, on huge pages where it allows them (madvise). For buffers whose page
/// size matters: ceilings and caches.
class PageMemory {
 public:
  PageMemory() = default;
  /// Fails when the system has not that much, before anything is touched.
  [[nodiscard]] static Result<PageMemory> create(std::size_t bytes, PageSize wanted);
  PageMemory(PageMemory&& other) noexcept;
  PageMemory& operator=(PageMemory&& other) noexcept;
  PageMemory(const PageMemory&) = delete;
  PageMemory& operator=(const PageMemory&) = delete;
  ~PageMemory();

  [[nodiscard]] std::span<std::byte> bytes() const { return {data_, size_}; }
  /// Share of the touched memory that lies on huge pages, as the system reports it; 0 when it reports nothing.
  [[nodiscard]] double huge_share() const;

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t mapped_ = 0;
  std::byte* base_ = nullptr;
};

/// Memory that could be taken now without swapping; what a KV cache must fit into.
[[nodiscard]] Bytes available_memory();

}  // namespace roofcast::kernels
