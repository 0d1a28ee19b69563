#include <catch2/catch.hpp>

#include "hwmodels/device_profile.hpp"
#include "hwmodels/kernels/simd_target.hpp"
#include "hwmodels/probe/arithmetic.hpp"
#include "hwmodels/probe/attention_pace.hpp"
#include "hwmodels/probe/host_device.hpp"
#include "hwmodels/probe/host_probe.hpp"
#include "hwmodels/probe/stream.hpp"

using namespace roofcast;
using namespace roofcast::probe;
using namespace roofcast::units;

namespace {

/// A few milliseconds for each figure: these tests look at the figures' kind, not at their quality.
const kernels::RepeatPolicy kQuick{.min_runs = 3, .at_least = 0 * s, .budget = 3 * ms};

BandwidthCeiling point(std::string level, Bytes set, BytesPerSecond read) {
  return {.level = std::move(level), .pages = "huge", .threads = 2, .working_set = set, .read = read};
}

}  // namespace

TEST_CASE("thread counts double up to the most", "[probe]") {
  CHECK(thread_counts(1) == std::vector{1});
  CHECK(thread_counts(2) == std::vector{1, 2});
  CHECK(thread_counts(6) == std::vector{1, 2, 4, 6});
}

TEST_CASE("the last cache ends where reads fall below the geometric mean of cache and memory", "[probe]") {
  // Cache 160 GB/s, memory 40: halfway is 80. 24 MiB still runs at 100, 32 MiB at 70.
  const std::vector points{point("edge", 8 * MiB, 160 * GB / s), point("edge", 24 * MiB, 100 * GB / s),
                           point("edge", 32 * MiB, 70 * GB / s), point("edge", 64 * MiB, 45 * GB / s),
                           point("dram", 256 * MiB, 40 * GB / s)};
  CHECK(effective_cache(points, 2) == 24 * MiB);
  CHECK(effective_cache(points, 1) == Bytes{});  // not measured with one thread
}

TEST_CASE("a pace is read off the shortest of several passes, their distance is its spread", "[probe]") {
  // 4 heads a thread. The shortest: 32 tokens in 16.8 us, 128 in 55.2 us, a head 4.2 and 13.8 us: 0.1 us a token, 1 us
  // a piece. The second shortest of the longer ones is 10% above.
  const std::vector<AttentionTimes> passes{{.few = 16.8 * us, .more = 60.72 * us, .timing = {.spread = 0.3}},
                                           {.few = 40 * us, .more = 55.2 * us, .timing = {.spread = 0.02}},
                                           {.few = 20 * us, .more = 99 * us, .timing = {.spread = 0.5}}};
  const AttentionPace pace = attention_pace(passes);
  CHECK(pace.token.in(us) == Approx(0.1));
  CHECK(pace.chunk.in(us) == Approx(1));
  CHECK(pace.spread == Approx(0.1));
  // Where few tokens took longer than many, none is free.
  const AttentionPace odd = attention_pace(std::vector<AttentionTimes>{{.few = 60 * us, .more = 51.2 * us}});
  CHECK(odd.token.in(us) == Approx(0.05));  // half of 12.8 us by 128
}

TEST_CASE("reads of a cache and of memory are counted as bytes of a second", "[probe]") {
  kernels::ThreadTeam team(1);
  const auto rate = [&](const StreamSetup& setup) {
    const auto memory = stream_memory(setup, 1, kernels::PageSize::huge).value();
    const auto t = time_stream(Stream::read, setup, memory, team, kQuick);
    return Bytes{static_cast<double>(setup.bytes_per_thread) * setup.passes} / t.median;
  };
  const auto l1 = rate({.bytes_per_thread = 12288, .passes = 300});
  const auto dram = rate({.bytes_per_thread = 1536 * 1024, .segments = 48});
  CHECK(l1 > 0.1 * GB / s);
  CHECK(dram > 0.1 * GB / s);     // slower than any memory that runs this
  CHECK(l1 < 10'000.0 * GB / s);  // faster than any cache: the reads were left out
}

TEST_CASE("copy and triad write what they should", "[probe]") {
  kernels::ThreadTeam team(1);
  const StreamSetup setup{.bytes_per_thread = 1536};
  const auto memory = stream_memory(setup, 1, kernels::PageSize::small).value();
  auto* x = reinterpret_cast<float*>(memory.bytes().data());
  const kernels::RepeatPolicy once{.warm_up = 0, .at_least = 0 * s, .budget = 0 * s};
  for (int i = 0; i < 192; ++i) x[i] = static_cast<float>(i);
  (void)time_stream(Stream::copy, setup, memory, team, once);
  CHECK(x[192 + 7] == 7.0f);
  CHECK(x[383] == 191.0f);
  for (int i = 0; i < 384; ++i) x[i] = static_cast<float>(i);
  (void)time_stream(Stream::triad, setup, memory, team, once);
  CHECK(x[256 + 3] == 3.0f + 0.5f * 131.0f);  // first third + 1/2 second third, into the last
}

TEST_CASE("more heads per element cost bandwidth, and fp32 needs no widening", "[probe]") {
  const auto rate = [](kernels::KvElement e, int group) { return widening_rate(e, group, kQuick).rate; };
  CHECK(rate(kernels::KvElement::bf16, 1) > rate(kernels::KvElement::bf16, 8));
  CHECK(rate(kernels::KvElement::fp32, 1) > rate(kernels::KvElement::int8, 1));
}

TEST_CASE("multiply-adds in fp32 exist everywhere", "[probe]") {
  kernels::ThreadTeam team(1);
  const auto fp32 = multiply_rate(Multiply::fp32, team, kQuick);
  REQUIRE(fp32.has_value());
  CHECK(fp32->rate > 0.1 * GFLOP / s);
  if (const auto bf16 = multiply_rate(Multiply::bf16, team, kQuick)) CHECK(bf16->rate > 0.1 * GFLOP / s);
}

TEST_CASE("a probe of this machine is a profile that reads back", "[probe]") {
  std::vector<double> shares;
  const ProbeRequest request{
      .threads = 1, .caches = {.l1 = 32 * KiB, .l2 = 256 * KiB}, .effort = 0.01, .date = "2026-01-02"};
  const auto ceilings = probe_host(request, [&](double share, std::string_view) { shares.push_back(share); }).value();
  REQUIRE(shares.size() > 10);
  CHECK(std::ranges::is_sorted(shares));
  CHECK(shares.back() == 1.0);
  CHECK(ceilings.simd == kernels::simd_target());
  CHECK(ceilings.widening.size() == 16);  // 4 elements x 4 groups
  CHECK(ceilings.thread_start > Seconds{});

  const Device device = host_device({.name = "AMD Something", .cpus = 4, .memory = 8 * GiB}, ceilings);
  CHECK(device.vendor == "AMD");
  CHECK(device.memory == 8 * GiB);
  CHECK(device.bandwidth > BytesPerSecond{});
  const auto read = parse_device(device_json(device), "host.json");
  if (!read) FAIL(read.error().at(0).where << " " << read.error()[0].what);
  CHECK(*read == device);
}

TEST_CASE("a probe that is stopped ends early", "[probe]") {
  int asked = 0;
  const ProbeRequest request{
      .threads = 1, .caches = {.l1 = 32 * KiB}, .effort = 0.01, .stop = [&] { return ++asked > 2; }};
  CHECK(probe_host(request, {}).value().bandwidth.size() == 2);
}

TEST_CASE("doubts about a probe are told", "[probe]") {
  HostCeilings quiet{.disturbed = 0.01, .huge_pages = 1, .bandwidth = {point("dram", 1 * GiB, 30 * GB / s)}};
  CHECK(probe_warnings(quiet).empty());
  quiet.disturbed = 0.4;
  quiet.huge_pages = 0;
  quiet.bandwidth[0].spread = 0.3;
  const auto warnings = probe_warnings(quiet);
  REQUIRE(warnings.size() == 3);
  CHECK(warnings[0].starts_with("40% of the runs lost a CPU"));
  CHECK(warnings[1].starts_with("1 of 1 bandwidths spread"));
}
