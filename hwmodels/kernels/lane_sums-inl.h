// Sums over the lanes of vectors. Compiled once per instruction set.

#if defined(ROOFCAST_LANE_SUMS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_LANE_SUMS_INL_H
#undef ROOFCAST_LANE_SUMS_INL_H
#else
#define ROOFCAST_LANE_SUMS_INL_H
#endif

#include <hwy/highway.h>

#include "hwmodels/kernels/load_row-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// out[0..3] = the sums of a, b, c and e's lanes. Four vectors at once cost a third of four single ones.
HWY_INLINE void store_sums(Floats d, hn::Vec<Floats> a, hn::Vec<Floats> b, hn::Vec<Floats> c, hn::Vec<Floats> e,
                           float* HWY_RESTRICT out) {
#if HWY_TARGET == HWY_SCALAR
  out[0] = hn::GetLane(hn::SumOfLanes(d, a));
  out[1] = hn::GetLane(hn::SumOfLanes(d, b));
  out[2] = hn::GetLane(hn::SumOfLanes(d, c));
  out[3] = hn::GetLane(hn::SumOfLanes(d, e));
#else
  const hn::Repartition<double, Floats> pairs;
  // Per 128-bit block: [a0+a2, b0+b2, a1+a3, b1+b3], the same for c and e, then [Σa, Σb, Σc, Σe].
  const auto ab = hn::Add(hn::InterleaveLower(d, a, b), hn::InterleaveUpper(d, a, b));
  const auto ce = hn::Add(hn::InterleaveLower(d, c, e), hn::InterleaveUpper(d, c, e));
  const auto low = hn::BitCast(d, hn::InterleaveLower(pairs, hn::BitCast(pairs, ab), hn::BitCast(pairs, ce)));
  const auto high = hn::BitCast(d, hn::InterleaveUpper(pairs, hn::BitCast(pairs, ab), hn::BitCast(pairs, ce)));
  const auto blocks = hn::Add(low, high);
  if constexpr (hn::MaxLanes(Floats()) == 16) {
    const hn::Half<Floats> half;
    const hn::Half<decltype(half)> quarter;
    const auto two = hn::Add(hn::LowerHalf(half, blocks), hn::UpperHalf(half, blocks));
    hn::StoreU(hn::Add(hn::LowerHalf(quarter, two), hn::UpperHalf(quarter, two)), quarter, out);
  } else if constexpr (hn::MaxLanes(Floats()) == 8) {
    const hn::Half<Floats> half;
    hn::StoreU(hn::Add(hn::LowerHalf(half, blocks), hn::UpperHalf(half, blocks)), half, out);
  } else {
    hn::StoreU(blocks, d, out);
  }
#endif
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
