#include "hwmodels/probe/attention_pace.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/host_attention.hpp"
#include "hwmodels/kernels/decode_attention.hpp"
#include "hwmodels/kernels/kv_cache.hpp"
#include "hwmodels/probe/stream.hpp"

namespace roofcast::probe {
namespace {

using kernels::AttentionShape;
using kernels::Timing;

/// Of one cold cache: a run of some hundred microseconds, short beside a time slice. Together they are four times the
/// last cache, so that none is left in it when its turn comes.
constexpr Bytes kColdBytes = 8 * units::MiB;
/// As many KV heads per thread as leave all of them whole, and tokens that keep their rows in half of a second level
/// of 512 KiB, except fp32 with head_dim 128.
constexpr int kHeadsPerThread = kChunksPerThread;
constexpr int kFewTokens = 32, kMoreTokens = 128;

/// One run is `calls` calls, each with the next of so many caches.
/// @pre the shape is one that the kernel takes
Result<Timing> timed(const AttentionShape& shape, int tokens, std::size_t caches, int calls, kernels::ThreadTeam& team,
                     const kernels::RepeatPolicy& policy) {
  std::vector<kernels::KvCache> held;
  std::vector<kernels::KvCacheView> views;
  for (std::size_t i = 0; i < caches; ++i) {
    auto cache = kernels::KvCache::create({.shape = shape, .contexts = {tokens}}, i + 1);
    if (!cache) return std::unexpected(cache.error());
    held.push_back(std::move(*cache));
  }
  for (const auto& cache : held) views.push_back(cache.view());
  auto kernel = kernels::DecodeAttention::create(shape, {tokens}, team);
  if (!kernel) return std::unexpected(kernel.error());
  const std::vector<float> query(static_cast<std::size_t>(shape.query_heads * shape.head_dim), 0.5f);
  std::vector<float> out(query.size());
  std::size_t turn = 0;
  Timing t = kernels::repeat(
      [&] {
        for (int i = 0; i < calls; ++i, turn = (turn + 1) % views.size()) kernel->run(query, views[turn], out);
      },
      policy, [&] { team.run([](int) {}); });
  t.median = t.median / calls;
  return t;
}

/// Reads of memory with all threads, now; 0 where no run was left alone.
Result<BytesPerSecond> memory_read(Bytes last_cache, kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy) {
  const StreamSetup setup{.bytes_per_thread = 2730 * kStreamGranule,  // 4 MiB
                          .segments = 2 + static_cast<std::size_t>(4 * last_cache / (team.size() * 4 * units::MiB))};
  const auto memory = stream_memory(setup, team.size(), kernels::PageSize::huge);
  if (!memory) return std::unexpected(memory.error());
  const Timing t = time_stream(Stream::read, setup, *memory, team, policy);
  if (t.contended) return BytesPerSecond{};
  return Bytes{static_cast<double>(setup.bytes_per_thread) * team.size()} / t.median;
}

/// The same ceilings with the bandwidth of memory of this minute.
HostCeilings with_memory(HostCeilings ceilings, int threads, BytesPerSecond before, BytesPerSecond after) {
  const BytesPerSecond none{};
  const auto read = before > none && after > none ? 0.5 * (before + after) : before + after;
  for (auto& b : ceilings.bandwidth)
    if (b.level == "dram" && b.threads == threads && read > none) b.read = read;
  return ceilings;
}

/// One run that overlap is read off.
struct OverlapCase {
  HostAttention call{};
  HostCeilings ceilings{};
  Seconds measured{};
  double overlap = 0;
};

Result<std::optional<OverlapCase>> overlap_case(kernels::KvElement element, int group, const HostCeilings& ceilings,
                                                Bytes last_cache, kernels::ThreadTeam& team,
                                                const kernels::RepeatPolicy& policy) {
  constexpr int kHeads = 8;
  const AttentionShape shape{.query_heads = kHeads * group, .kv_heads = kHeads, .kv = element};
  const double row = 2.0 * kHeads * shape.head_dim * static_cast<double>(kernels::element_bytes(element));
  const int tokens = static_cast<int>(kColdBytes.in(units::byte) / row);
  const auto caches = 1 + static_cast<std::size_t>(std::ceil(4 * last_cache / kColdBytes));
  const auto before = memory_read(last_cache, team, policy);
  if (!before) return std::unexpected(before.error());
  const auto run = timed(shape, tokens, caches, 1, team, policy);
  if (!run) return std::unexpected(run.error());
  const auto after = memory_read(last_cache, team, policy);
  if (!after) return std::unexpected(after.error());
  OverlapCase c{.call = {.context = static_cast<double>(tokens),
                         .heads = static_cast<double>(shape.query_heads),
                         .kv_heads = kHeads,
                         .head_dim = static_cast<double>(shape.head_dim),
                         .element = kernels::name(element),
                         .threads = team.size(),
                         .cold = true},
                .ceilings = with_memory(ceilings, team.size(), *before, *after),
                .measured = run->median};
  const auto overlap = explained_overlap(c.call, c.ceilings, c.measured);
  if (!overlap || run->contended) return std::nullopt;
  c.overlap = *overlap;
  return c;
}

}  // namespace

Result<TimedPace> attention_pace(kernels::KvElement element, int group, int head_dim, kernels::ThreadTeam& team,
                                 const kernels::RepeatPolicy& policy) {
  const int heads = kHeadsPerThread * team.size();
  const AttentionShape shape{.query_heads = heads * group, .kv_heads = heads, .head_dim = head_dim, .kv = element};
  // A short call is repeated inside a run: beside the clock a run must be long.
  const auto of = [&](int tokens) {
    return timed(shape, tokens, 1, std::max(1, 4096 / (tokens * group)), team, policy);
  };
  const auto few = of(kFewTokens), more = of(kMoreTokens);
  if (!few) return std::unexpected(few.error());
  if (!more) return std::unexpected(more.error());
  // Noise must not make a token free: a call of many tokens is never dearer per token than one of few.
  const Seconds longer = more->median / kHeadsPerThread, shorter = few->median / kHeadsPerThread;
  const Seconds token =
      std::clamp((longer - shorter) / (kMoreTokens - kFewTokens), 0.5 * longer / kMoreTokens, longer / kMoreTokens);
  return TimedPace{.pace = {.element = std::string(kernels::name(element)),
                            .threads = team.size(),
                            .group = group,
                            .head_dim = head_dim,
                            .token = token,
                            .chunk = longer - kMoreTokens * token,
                            .spread = more->spread},
                   .timing = *more};
}

Result<std::optional<AttentionOverlap>> attention_overlap(const HostCeilings& ceilings, int group, Bytes last_cache,
                                                          kernels::ThreadTeam& team,
                                                          const kernels::RepeatPolicy& policy) {
  std::vector<OverlapCase> cases;
  for (const auto element : kernels::kKvElements) {
    auto c = overlap_case(element, group, ceilings, last_cache, team, policy);
    if (!c) return std::unexpected(c.error());
    if (*c) cases.push_back(std::move(**c));
  }
  if (cases.empty()) return std::nullopt;

  std::ranges::sort(cases, {}, &OverlapCase::overlap);
  const double median = 0.5 * (cases[(cases.size() - 1) / 2].overlap + cases[cases.size() / 2].overlap);
  AttentionOverlap result{.group = group, .share = std::clamp(median, 0.0, 1.0)};
  double squares = 0;
  for (OverlapCase& c : cases) {
    c.ceilings.overlap = {result};
    const double error = host_attention_time(c.call, c.ceilings)->time / c.measured - 1;
    squares += error * error;
  }
  result.error = std::sqrt(squares / static_cast<double>(cases.size()));
  return result;
}

}  // namespace roofcast::probe
