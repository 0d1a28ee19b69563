#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>

#include "hwmodels/kernels/page_memory.hpp"

using namespace roofcast;
using namespace roofcast::kernels;

TEST_CASE("page memory is zeroed, writable and begins on a huge page's border", "[kernels][memory]") {
  auto memory = PageMemory::create(5'000'000, PageSize::huge);
  REQUIRE(memory.has_value());
  const auto bytes = memory->bytes();
  CHECK(bytes.size() == 5'000'000);
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % (2u << 20) == 0);
  CHECK(std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{}; }));
  std::ranges::fill(bytes, std::byte{7});
  const PageMemory moved = std::move(*memory);
  CHECK(moved.bytes().back() == std::byte{7});
}

TEST_CASE("small pages are never reported as huge", "[kernels][memory]") {
  auto memory = PageMemory::create(8u << 20, PageSize::small);
  REQUIRE(memory.has_value());
  std::ranges::fill(memory->bytes(), std::byte{1});
  CHECK(memory->huge_share() == 0.0);
}

TEST_CASE("more memory than the machine has is refused in one line, before anything is taken", "[kernels][errors]") {
  const auto memory = PageMemory::create(std::size_t{1} << 50, PageSize::huge);  // 1 PiB
  REQUIRE_FALSE(memory.has_value());
  CHECK(memory.error().at(0).kind == ErrorKind::unsupported);
  CHECK(memory.error()[0].what.starts_with("1048576.00 GiB are needed and "));
}
