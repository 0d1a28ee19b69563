#include "tests/fuzz/coverage.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace {

std::array<bool, 1 << 16> reached{};
bool reached_new = false;

}  // namespace

#if defined(__GNUC__) && !defined(__clang__)
// GCC calls it in every basic block of instrumented code; this file is not.
extern "C" void __sanitizer_cov_trace_pc() {
  const auto place = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  auto& seen = reached[(place ^ place >> 16) & 0xffff];
  if (seen) return;
  seen = reached_new = true;
}
#endif

bool roofcast::test::reached_new_code() {
  return std::exchange(reached_new, false);
}
