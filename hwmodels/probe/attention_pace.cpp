#include "hwmodels/probe/attention_pace.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/host_attention.hpp"
#include "hwmodels/kernels/core_watch.hpp"
#include "hwmodels/kernels/decode_attention.hpp"
#include "hwmodels/kernels/kv_cache.hpp"
#include "hwmodels/probe/memory_watch.hpp"

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

/// What was timed, and what memory gave meanwhile where that was looked at.
struct TimedCalls {
  Timing timing{};  ///< of the runs
  Seconds call{};   ///< median of one call
  std::optional<BytesPerSecond> memory{};
};

/// One run is `calls` calls, each with the next of so many caches of one sequence.
/// @pre the shape is one that the kernel takes
Result<TimedCalls> timed(const kernels::KvCacheSpec& spec, std::size_t caches, int calls, kernels::ThreadTeam& team,
                         const kernels::RepeatPolicy& policy, MemoryWatch* watch = nullptr) {
  const AttentionShape& shape = spec.shape;
  std::vector<kernels::KvCache> held;
  std::vector<kernels::KvCacheView> views;
  for (std::size_t i = 0; i < caches; ++i) {
    auto cache = kernels::KvCache::create(spec, i + 1);
    if (!cache) return std::unexpected(cache.error());
    held.push_back(std::move(*cache));
  }
  for (const auto& cache : held) views.push_back(cache.view());
  auto kernel = kernels::DecodeAttention::create(shape, spec.contexts, team);
  if (!kernel) return std::unexpected(kernel.error());
  const std::vector<float> query(static_cast<std::size_t>(shape.query_heads * shape.head_dim), 0.5f);
  std::vector<float> out(query.size());
  std::size_t turn = 0;
  std::optional<MemoryBeside> memory;
  if (watch != nullptr) memory.emplace(*watch, team);
  TimedCalls t;
  t.timing = kernels::repeat(
      [&] {
        for (int i = 0; i < calls; ++i, turn = (turn + 1) % views.size()) kernel->run(query, views[turn], out);
      },
      policy,
      [&] {
        if (memory) memory->look_before_run();
        return kernels::ready(team, policy);
      });
  if (memory) t.memory = memory->typical();
  t.call = t.timing.median / calls;
  return t;
}

/// One run that overlap is read off.
struct OverlapCase {
  HostAttention call{};
  Seconds measured{};
  double overlap = 0;
  double weight = 0;  ///< share of the time that the overlap is a share of: of a small one little can be read
};

/// The overlap with half of the weight on either side.
double middle_overlap(std::vector<OverlapCase> cases) {
  std::ranges::sort(cases, {}, &OverlapCase::overlap);
  double all = 0;
  for (const OverlapCase& c : cases) all += c.weight;
  double below = 0;
  for (const OverlapCase& c : cases)
    if ((below += c.weight) >= 0.5 * all) return c.overlap;
  return cases.back().overlap;
}

/// A call over a cold cache in a layout as in LayoutSlowdown, and what it is measured with.
struct ColdRun {
  HostAttention call{};
  kernels::KvCacheSpec spec{};
};

ColdRun cold_run(kernels::KvElement element, int kv_heads, int group, std::string_view layout) {
  const AttentionShape shape{.query_heads = kv_heads * group, .kv_heads = kv_heads, .kv = element};
  const double row = 2.0 * kv_heads * shape.head_dim * static_cast<double>(kernels::element_bytes(element));
  const int tokens = static_cast<int>(kColdBytes.in(units::byte) / row);
  return {.call = {.context = static_cast<double>(tokens),
                   .heads = static_cast<double>(shape.query_heads),
                   .kv_heads = static_cast<double>(kv_heads),
                   .head_dim = static_cast<double>(shape.head_dim),
                   .element = kernels::name(element),
                   .layout = layout,
                   .cold = true},
          .spec = {.shape = shape,
                   .contexts = {tokens},
                   .page_tokens = layout == "paged" ? 16 : 0,
                   .order = layout == "tokens_first" ? kernels::KvOrder::tokens_first : kernels::KvOrder::heads_first}};
}

/// The run's time, and in its call the threads and what memory gave; nullopt where no run was left alone.
Result<std::optional<Seconds>> time_cold(ColdRun& run, Bytes last_cache, kernels::ThreadTeam& team,
                                         const kernels::RepeatPolicy& policy, MemoryWatch& watch) {
  const auto caches = 1 + static_cast<std::size_t>(std::ceil(4 * last_cache / kColdBytes));
  const auto calls = timed(run.spec, caches, 1, team, policy, &watch);
  if (!calls) return std::unexpected(calls.error());
  run.call.threads = team.size();
  run.call.memory = calls->memory;
  if (calls->timing.contended) return std::nullopt;
  return calls->call;
}

Result<std::optional<OverlapCase>> overlap_case(kernels::KvElement element, int group, const HostCeilings& ceilings,
                                                Bytes last_cache, kernels::ThreadTeam& team,
                                                const kernels::RepeatPolicy& policy, MemoryWatch& watch) {
  ColdRun run = cold_run(element, 8, group, "");
  const auto measured = time_cold(run, last_cache, team, policy, watch);
  if (!measured) return std::unexpected(measured.error());
  if (!*measured) return std::nullopt;
  const auto overlap = explained_overlap(run.call, ceilings, **measured);
  if (!overlap) return std::nullopt;
  const auto model = host_attention_time(run.call, ceilings);
  return OverlapCase{.call = run.call,
                     .measured = **measured,
                     .overlap = *overlap,
                     .weight = std::min(model->core, model->memory) / **measured};
}

}  // namespace

Result<AttentionTimes> attention_times(kernels::KvElement element, int group, int head_dim, kernels::ThreadTeam& team,
                                       const kernels::RepeatPolicy& policy) {
  const int heads = kHeadsPerThread * team.size();
  const AttentionShape shape{.query_heads = heads * group, .kv_heads = heads, .head_dim = head_dim, .kv = element};
  // A short call is repeated inside a run: beside the clock a run must be long.
  const auto of = [&](int tokens) {
    return timed({.shape = shape, .contexts = {tokens}}, 1, std::max(1, 4096 / (tokens * group)), team, policy);
  };
  const auto few = of(kFewTokens), more = of(kMoreTokens);
  if (!few) return std::unexpected(few.error());
  if (!more) return std::unexpected(more.error());
  return AttentionTimes{few->call, more->call, more->timing};
}

AttentionPace attention_pace(std::span<const AttentionTimes> passes) {
  std::vector<Seconds> few, more;
  for (const AttentionTimes& times : passes) {
    few.push_back(times.few);
    more.push_back(times.more);
  }
  std::ranges::sort(few);
  std::ranges::sort(more);
  const double spread = std::ranges::min_element(passes, {}, &AttentionTimes::more)->timing.spread;
  const double apart = more.size() > 1 ? more[1] / more[0] - 1 : 0;
  // Noise must not make a token free: a call of many tokens is never dearer per token than one of few.
  const Seconds longer = more[0] / kHeadsPerThread, shorter = few[0] / kHeadsPerThread;
  const Seconds token =
      std::clamp((longer - shorter) / (kMoreTokens - kFewTokens), 0.5 * longer / kMoreTokens, longer / kMoreTokens);
  return {.token = token, .chunk = longer - kMoreTokens * token, .spread = std::max(spread, apart)};
}

Result<std::optional<AttentionOverlap>> attention_overlap(const HostCeilings& ceilings, int group, Bytes last_cache,
                                                          kernels::ThreadTeam& team,
                                                          const kernels::RepeatPolicy& policy, MemoryWatch& watch) {
  std::vector<OverlapCase> cases;
  for (const auto element : kernels::kKvElements) {
    auto c = overlap_case(element, group, ceilings, last_cache, team, policy, watch);
    if (!c) return std::unexpected(c.error());
    if (*c) cases.push_back(**c);
  }
  if (cases.empty()) return std::nullopt;

  AttentionOverlap result{.group = group, .share = std::clamp(middle_overlap(cases), 0.0, 1.0)};
  HostCeilings with_overlap = ceilings;
  with_overlap.overlap = {result};
  double squares = 0;
  for (const OverlapCase& c : cases) {
    const double error = host_attention_time(c.call, with_overlap)->time / c.measured - 1;
    squares += error * error;
  }
  result.error = std::sqrt(squares / static_cast<double>(cases.size()));
  return result;
}

Result<std::optional<LayoutSlowdown>> layout_slowdown(const HostCeilings& ceilings, kernels::KvElement element,
                                                      std::string_view layout, Bytes last_cache,
                                                      kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy,
                                                      MemoryWatch& watch) {
  ColdRun run = cold_run(element, 32, 1, layout);
  const auto measured = time_cold(run, last_cache, team, policy, watch);
  if (!measured) return std::unexpected(measured.error());
  if (!*measured) return std::nullopt;
  const auto factor = explained_slowdown(run.call, ceilings, **measured);
  if (!factor) return std::nullopt;
  return LayoutSlowdown{
      .element = std::string(kernels::name(element)), .layout = std::string(layout), .factor = *factor};
}

}  // namespace roofcast::probe
