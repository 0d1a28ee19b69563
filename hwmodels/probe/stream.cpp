#include "hwmodels/probe/stream.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hwmodels/probe/stream.cpp"
#include <hwy/foreach_target.h>  // re-includes this file once per instruction set

#include <hwy/highway.h>

#include <cstring>
#include <vector>

#include "hwmodels/kernels/core_watch.hpp"

HWY_BEFORE_NAMESPACE();
namespace roofcast::probe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::CappedTag<float, 16>;

/// Eight sums: one would wait for the addition before.
float Read(const float* HWY_RESTRICT from, size_t n) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (size_t i = 0; i + 8 * lanes <= n; i += 8 * lanes) {
    s0 = hn::Add(s0, hn::LoadU(d, from + i));
    s1 = hn::Add(s1, hn::LoadU(d, from + i + lanes));
    s2 = hn::Add(s2, hn::LoadU(d, from + i + 2 * lanes));
    s3 = hn::Add(s3, hn::LoadU(d, from + i + 3 * lanes));
    s4 = hn::Add(s4, hn::LoadU(d, from + i + 4 * lanes));
    s5 = hn::Add(s5, hn::LoadU(d, from + i + 5 * lanes));
    s6 = hn::Add(s6, hn::LoadU(d, from + i + 6 * lanes));
    s7 = hn::Add(s7, hn::LoadU(d, from + i + 7 * lanes));
  }
  const auto sum = hn::Add(hn::Add(hn::Add(s0, s1), hn::Add(s2, s3)), hn::Add(hn::Add(s4, s5), hn::Add(s6, s7)));
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void Copy(const float* HWY_RESTRICT from, float* HWY_RESTRICT to, size_t n) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  for (size_t i = 0; i + 2 * lanes <= n; i += 2 * lanes) {
    hn::StoreU(hn::LoadU(d, from + i), d, to + i);
    hn::StoreU(hn::LoadU(d, from + i + lanes), d, to + i + lanes);
  }
}

void Triad(const float* HWY_RESTRICT b, const float* HWY_RESTRICT c, float* HWY_RESTRICT to, size_t n) {
  const Floats d;
  const size_t lanes = hn::Lanes(d);
  const auto k = hn::Set(d, 0.5f);
  for (size_t i = 0; i + 2 * lanes <= n; i += 2 * lanes) {
    hn::StoreU(hn::MulAdd(k, hn::LoadU(d, c + i), hn::LoadU(d, b + i)), d, to + i);
    hn::StoreU(hn::MulAdd(k, hn::LoadU(d, c + i + lanes), hn::LoadU(d, b + i + lanes)), d, to + i + lanes);
  }
}

}  // namespace roofcast::probe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace roofcast::probe {

HWY_EXPORT(Read);
HWY_EXPORT(Copy);
HWY_EXPORT(Triad);

Result<kernels::PageMemory> stream_memory(const StreamSetup& setup, int threads, kernels::PageSize pages) {
  const std::size_t bytes = setup.bytes_per_thread * setup.segments * static_cast<std::size_t>(threads);
  auto memory = kernels::PageMemory::create(bytes, pages);
  if (memory) std::memset(memory->bytes().data(), 0, bytes);
  return memory;
}

kernels::Timing time_stream(Stream stream, const StreamSetup& setup, const kernels::PageMemory& memory,
                            kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy) {
  struct alignas(64) Sink {
    float value = 0;
  };
  std::vector<Sink> sinks(static_cast<std::size_t>(team.size()));
  std::size_t segment = setup.first % setup.segments;
  const std::size_t floats = setup.bytes_per_thread / sizeof(float);
  auto* base = reinterpret_cast<float*>(memory.bytes().data());
  return kernels::repeat(
      [&] {
        team.run([&](int rank) {
          const auto r = static_cast<std::size_t>(rank);
          float* at = base + (r * setup.segments + segment) * floats;
          float sum = 0;
          for (int pass = 0; pass < setup.passes; ++pass) switch (stream) {
              case Stream::read:
                sum += HWY_DYNAMIC_DISPATCH(Read)(at, floats);
                break;
              case Stream::copy:
                HWY_DYNAMIC_DISPATCH(Copy)(at, at + floats / 2, floats / 2);
                break;
              case Stream::triad:
                HWY_DYNAMIC_DISPATCH(Triad)(at, at + floats / 3, at + 2 * (floats / 3), floats / 3);
                break;
            }
          sinks[r].value += sum;  // keeps the reads from being left out
        });
        segment = (segment + 1) % setup.segments;
      },
      policy, [&] { return kernels::ready(team, policy); });
}

}  // namespace roofcast::probe
#endif  // HWY_ONCE
