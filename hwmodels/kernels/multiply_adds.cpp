#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hwmodels/kernels/multiply_adds.cpp"
#include <hwy/foreach_target.h>  // re-includes this file once per instruction set

#include <hwy/highway.h>

#include "hwmodels/kernels/multiply_adds.hpp"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Twelve chains hide the latency of any multiply-add there is (two per cycle, up to six cycles each) and leave
/// registers in sets of sixteen. Values stay near 1.
double Multiply(long rounds) {
  const hn::CappedTag<float, 16> d;
  constexpr int kChains = 12;
  hn::Vec<decltype(d)> x[kChains];
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) x[c] = hn::Set(d, 1.0f + 0.01f * static_cast<float>(c));
  const auto half = hn::Set(d, 0.5f);
  for (long r = 0; r < rounds; ++r)
#pragma GCC unroll 12
    for (int c = 0; c < kChains; ++c) x[c] = hn::MulAdd(x[c], half, half);
  auto sum = hn::Zero(d);
#pragma GCC unroll 12
  for (int c = 0; c < kChains; ++c) sum = hn::Add(sum, x[c]);
  const bool plausible = hn::GetLane(sum) > 0;
  return plausible ? 2.0 * kChains * static_cast<double>(hn::Lanes(d)) * static_cast<double>(rounds) : 0;
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace roofcast::kernels {

HWY_EXPORT(Multiply);

double multiply_adds(long rounds) {
  return HWY_DYNAMIC_DISPATCH(Multiply)(rounds);
}

}  // namespace roofcast::kernels
#endif  // HWY_ONCE
