#include "hwmodels/probe/dot_instructions.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#endif

namespace roofcast::probe {

#if defined(__x86_64__)
namespace {

constexpr int kChains = 12;  // as in multiply.cpp

__attribute__((target("avx512f,avx512bw,avx512bf16"))) double bf16_loop(long rounds) {
  __m512 x[kChains];
#pragma GCC unroll 12
  for (auto& sum : x) sum = _mm512_setzero_ps();
  const auto ones = reinterpret_cast<__m512bh>(_mm512_set1_epi16(0x3f80));
  for (long r = 0; r < rounds; ++r)
#pragma GCC unroll 12
    for (auto& sum : x) {
      sum = _mm512_dpbf16_ps(sum, ones, ones);
      asm volatile("" : "+v"(sum));  // every round counts
    }
  __m512 total = _mm512_setzero_ps();
#pragma GCC unroll 12
  for (const auto& sum : x) total = _mm512_add_ps(total, sum);
  std::array<float, 16> lanes{};
  _mm512_storeu_ps(lanes.data(), total);
  return lanes[0] > 0 ? 2.0 * kChains * 32 * static_cast<double>(rounds) : 0;
}

__attribute__((target("avx512f,avx512vnni"))) double int8_loop_512(long rounds) {
  __m512i x[kChains];
#pragma GCC unroll 12
  for (auto& sum : x) sum = _mm512_setzero_si512();
  const __m512i ones = _mm512_set1_epi8(1);
  for (long r = 0; r < rounds; ++r)
#pragma GCC unroll 12
    for (auto& sum : x) {
      sum = _mm512_dpbusd_epi32(sum, ones, ones);
      asm volatile("" : "+v"(sum));
    }
  __m512i total = _mm512_setzero_si512();
#pragma GCC unroll 12
  for (const auto& sum : x) total = _mm512_or_si512(total, sum);
  std::array<int, 16> lanes{};
  _mm512_storeu_si512(lanes.data(), total);
  return lanes[0] != 0 ? 2.0 * kChains * 64 * static_cast<double>(rounds) : 0;
}

}  // namespace

double (*bf16_dot_loop())(long) {
  return __builtin_cpu_supports("avx512bf16") ? &bf16_loop : nullptr;
}
double (*int8_dot_loop())(long) {
  return __builtin_cpu_supports("avx512vnni") ? &int8_loop_512 : nullptr;
}
#else
double (*bf16_dot_loop())(long) {
  return nullptr;
}
double (*int8_dot_loop())(long) {
  return nullptr;
}
#endif

}  // namespace roofcast::probe
