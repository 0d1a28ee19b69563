#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hwmodels/probe/widening.cpp"
#include <hwy/foreach_target.h>  // re-includes this file once per instruction set

#include <hwy/highway.h>

#include <vector>

#include "hwmodels/kernels/load_row-inl.h"
#include "hwmodels/probe/arithmetic.hpp"

HWY_BEFORE_NAMESPACE();
namespace roofcast::probe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using kernels::HWY_NAMESPACE::Floats;
using kernels::HWY_NAMESPACE::load_row;

/// Four vectors at a time times G numbers: enough sums that none waits for the one before.
template <int G, class T>
float widen(const T* HWY_RESTRICT from, size_t n) {
  constexpr int kVectors = G <= 2 ? 8 / G : 8 / G + 1;
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Floats> sums[G][kVectors], with[G];
#pragma GCC unroll 8
  for (int g = 0; g < G; ++g) {
    with[g] = hn::Set(d, 0.25f * static_cast<float>(g + 1));
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; ++v) sums[g][v] = hn::Zero(d);
  }
  for (size_t i = 0; i + kVectors * lanes <= n; i += kVectors * lanes)
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; ++v) {
      const auto x = load_row(d, from + i + static_cast<size_t>(v) * lanes);
#pragma GCC unroll 8
      for (int g = 0; g < G; ++g) sums[g][v] = hn::MulAdd(with[g], x, sums[g][v]);
    }
  auto total = hn::Zero(d);
#pragma GCC unroll 8
  for (int g = 0; g < G; ++g)
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; ++v) total = hn::Add(total, sums[g][v]);
  return hn::GetLane(hn::SumOfLanes(d, total));
}

template <class T>
float widen_for(int group, const void* from, size_t n) {
  const auto* at = static_cast<const T*>(from);
  switch (group) {
    case 1:
      return widen<1>(at, n);
    case 2:
      return widen<2>(at, n);
    case 4:
      return widen<4>(at, n);
    default:
      return widen<8>(at, n);
  }
}

float Widen(kernels::KvElement element, int group, const void* from, size_t n) {
  switch (element) {
    case kernels::KvElement::fp32:
      return widen_for<float>(group, from, n);
    case kernels::KvElement::bf16:
      return widen_for<hwy::bfloat16_t>(group, from, n);
    case kernels::KvElement::fp16:
      return widen_for<hwy::float16_t>(group, from, n);
    case kernels::KvElement::int8:
      return widen_for<int8_t>(group, from, n);
  }
  return 0;
}

}  // namespace roofcast::probe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace roofcast::probe {

HWY_EXPORT(Widen);

TimedBandwidth widening_rate(kernels::KvElement element, int group, const kernels::RepeatPolicy& policy) {
  constexpr std::size_t kBytes = 12288;  // half of the smallest first level there is
  constexpr int kPasses = 64;
  const std::vector<std::byte> rows(kBytes);
  const std::size_t n = kBytes / kernels::element_bytes(element);
  volatile float sink = 0;
  const auto timing = kernels::repeat(
      [&] {
        float sum = 0;
        for (int pass = 0; pass < kPasses; ++pass) sum += HWY_DYNAMIC_DISPATCH(Widen)(element, group, rows.data(), n);
        sink = sum;
      },
      policy);
  (void)sink;
  return {Bytes{static_cast<double>(kBytes * kPasses)} / timing.typical(), timing};
}

}  // namespace roofcast::probe
#endif  // HWY_ONCE
