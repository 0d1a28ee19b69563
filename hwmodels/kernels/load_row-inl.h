// Loads elements of K and V as fp32. Compiled once per instruction set: see foreach_target.h of Highway.

#if defined(ROOFCAST_LOAD_ROW_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_LOAD_ROW_INL_H
#undef ROOFCAST_LOAD_ROW_INL_H
#else
#define ROOFCAST_LOAD_ROW_INL_H
#endif

#include <hwy/highway.h>

#include "hwmodels/kernels/row_runs.hpp"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Vectors of at most 16 floats: head_dim is a multiple of 8, so a row is whole vectors plus at most one half.
using Floats = hn::CappedTag<float, 16>;

/// Thirty-two vector registers hold 4 heads x 4 vectors of sums, sixteen hold 2 x 4.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_NEON
constexpr bool kManyRegisters = true;
#else
constexpr bool kManyRegisters = false;
#endif

/// Asks for what is needed soon, into the second cache level (the first is full of what is in use).
HWY_INLINE void fetch_row(const Fetch& fetch, size_t t) {
  const char* at = fetch.first + static_cast<std::ptrdiff_t>(t) * fetch.stride;
  for (size_t i = 0; i < fetch.bytes; i += fetch.step) __builtin_prefetch(at + i, 0, 2);
}

template <class D>
HWY_INLINE hn::Vec<D> load_row(D d, const float* HWY_RESTRICT p) {
  return hn::LoadU(d, p);
}

template <class D>
HWY_INLINE hn::Vec<D> load_row(D d, const hwy::bfloat16_t* HWY_RESTRICT p) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<hwy::bfloat16_t, D>(), p));
}

template <class D>
HWY_INLINE hn::Vec<D> load_row(D d, const hwy::float16_t* HWY_RESTRICT p) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<hwy::float16_t, D>(), p));
}

/// The row's scale is applied to its score or its weight, once per token instead of once per element.
template <class D>
HWY_INLINE hn::Vec<D> load_row(D d, const int8_t* HWY_RESTRICT p) {
  return hn::ConvertTo(d, hn::PromoteTo(hn::Rebind<int32_t, D>(), hn::LoadU(hn::Rebind<int8_t, D>(), p)));
}

/// The last vector of a row, `left` of whose elements are there: all of them, or half a vector and zeros.
template <class D, class T>
HWY_INLINE hn::Vec<D> load_row_end(D d, const T* HWY_RESTRICT p, [[maybe_unused]] size_t left) {
#if HWY_TARGET != HWY_SCALAR
  if (left < hn::Lanes(d)) return hn::ZeroExtendVector(d, load_row(hn::Half<D>(), p));
#endif
  return load_row(d, p);
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
