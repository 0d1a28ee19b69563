// One block of the online softmax. Compiled once per instruction set.

#if defined(ROOFCAST_SOFTMAX_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_SOFTMAX_BLOCK_INL_H
#undef ROOFCAST_SOFTMAX_BLOCK_INL_H
#else
#define ROOFCAST_SOFTMAX_BLOCK_INL_H
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Turns `tokens` scores into weights exp(score - top), with the top raised to the largest score so far, and returns
/// by what everything accumulated before must be multiplied. Row scales (int8) or nullptr: a score is multiplied
/// with its key's scale, a weight with its value's. `scores` is written up to the next multiple of 16.
template <class D>
HWY_INLINE float softmax_block(D d, float* HWY_RESTRICT scores, size_t tokens, const float* HWY_RESTRICT key_scale,
                               const float* HWY_RESTRICT value_scale, float& top, float& sum) {
  const size_t lanes = hn::Lanes(d);
  constexpr float kLowest = -std::numeric_limits<float>::infinity();
  const size_t whole = (tokens + 15) / 16 * 16;
  for (size_t t = tokens; t < whole; ++t) scores[t] = kLowest;

  auto highest = hn::Set(d, top);
  for (size_t t = 0; t < whole; t += lanes) {
    auto s = hn::LoadU(d, scores + t);
    if (key_scale != nullptr) {
      s = hn::Mul(s, hn::LoadU(d, key_scale + t));
      hn::StoreU(s, d, scores + t);
    }
    highest = hn::Max(highest, s);
  }
  const float raised = hn::GetLane(hn::MaxOfLanes(d, highest));
  const auto by = hn::Set(d, raised);

  auto total = hn::Zero(d);
  for (size_t t = 0; t < whole; t += lanes) {
    const auto x = hn::Sub(hn::LoadU(d, scores + t), by);
    // hn::Exp turns NaN into 0, which would hide a broken input.
    auto w = hn::IfThenElse(hn::IsNaN(x), x, hn::Exp(d, x));
    total = hn::Add(total, w);
    if (value_scale != nullptr) w = hn::Mul(w, hn::LoadU(d, value_scale + t));
    hn::StoreU(w, d, scores + t);
  }
  const float before = raised == top ? 1.0f : std::exp(top - raised);
  sum = sum * before + hn::GetLane(hn::SumOfLanes(d, total));
  top = raised;
  return before;
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
