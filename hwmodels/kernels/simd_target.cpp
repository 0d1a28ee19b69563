#include "hwmodels/kernels/simd_target.hpp"

#include <hwy/targets.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hwmodels/kernels/attend_chunk.hpp"

namespace roofcast::kernels {

std::string_view simd_target() {
  return attend_target();
}

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  // Better targets have lower bits.
  for (std::int64_t left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1)
    names.emplace_back(hwy::TargetName(left & -left));
  return names;
}

Result<void> use_simd_target(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  if (name.empty()) return {};
  for (std::int64_t left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1) {
    const std::int64_t target = left & -left;
    if (hwy::TargetName(target) != name) continue;
    hwy::SetSupportedTargetsForTest(target);
    return {};
  }
  return fail("--simd", fmt::format("'{}' is not an instruction set that this program and this CPU have", name),
              fmt::format("one of {}", fmt::join(simd_targets(), ", ")));
}

}  // namespace roofcast::kernels
