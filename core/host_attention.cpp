#include "core/host_attention.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "core/host_memory.hpp"

namespace roofcast {
namespace {

/// Of a normal distribution 90% lie within this many interquartile ranges of the median: 1.645 / (2 · 0.6745).
constexpr double kRangesOf90Percent = 1.22;
constexpr double kDeviationsOf90Percent = 1.645;

/// Measured for the largest group that is not above this one: kernels for few and for many heads differ in kind.
std::optional<AttentionOverlap> overlap_of(const HostCeilings& c, double group) {
  std::optional<AttentionOverlap> found;
  for (const auto& o : c.overlap)
    if (o.group <= group && (!found || o.group > found->group)) found = o;
  return found;
}

/// Groups of three and more ask for whole rows themselves, wherever they lie.
constexpr double kLargestStreamedGroup = 2;

double slowdown_of(const HostAttention& call, const HostCeilings& c) {
  if (call.kv_heads > 1 && call.heads <= kLargestStreamedGroup * call.kv_heads)
    for (const auto& l : c.layout)
      if (l.element == call.element && l.layout == call.layout) return l.factor;
  return 1;
}

int threads_of(const HostAttention& call, const HostCeilings& c) {
  if (call.threads > 0) return call.threads;
  int most = 1;
  for (const auto& b : c.bandwidth) most = std::max(most, b.threads);
  return most;
}

/// What (H5) combines, before it does.
struct Terms {
  Seconds core{};
  Seconds memory{};
  Seconds fixed{};
  double core_spread = 0;
  double memory_spread = 0;
};

std::optional<Terms> terms(const HostAttention& call, const HostCeilings& c) {
  const int threads = threads_of(call, c);
  const auto pace = host_attention_pace(c, call, threads);
  auto memory = host_memory(c, threads);
  if (memory && call.memory) {
    // How far two probes of memory were apart says nothing of a bandwidth that is known; the overlap's error, taken
    // from runs beside which it was known too, does.
    memory->memory = *call.memory;
    memory->memory_spread = 0;
  }
  const Bytes bytes = host_cache_bytes(call);
  if (!pace || !memory || bytes <= Bytes{}) return std::nullopt;

  const HostChunks chunks = host_chunks(call, threads);
  const double turns = std::ceil(chunks.count / threads);  // the last one may leave threads without work
  const Bytes working_set = call.cold ? Bytes{std::numeric_limits<double>::infinity()} : bytes;
  const double share = memory_share(c, working_set);
  const double idle = turns * threads / chunks.count;
  // Merging a part takes about what beginning and ending it does.
  const double pieces = chunks.split ? 2 : 1;
  Terms t{.core = turns * (pieces * pace->chunk + chunks.tokens * pace->token),
          .memory = idle * (time_beyond_second_level(*memory, bytes, working_set, share) +
                            (slowdown_of(call, c) - 1) * time_beyond_second_level(*memory, bytes, working_set, 1)),
          .core_spread = pace->spread,
          .memory_spread = share > 0.5 ? memory->memory_spread : memory->last_spread};
  if (threads > 1) t.fixed = (chunks.spread ? 2 : 1) * c.dispatch;
  return t;
}

struct Point {
  double x = 0;
  double y = 0;
};

/// The upper one of the two sorted values between which x is looked up: of the last two beyond them.
/// @pre two values at least
template <class Values, class Of>
std::size_t upper_of(const Values& sorted, double x, Of of) {
  std::size_t i = 1;
  while (i + 1 < sorted.size() && std::invoke(of, sorted[i]) < x) ++i;
  return i;
}

/// Linear between points sorted by x; below the first, or with one alone, in proportion to x; above the last as
/// between the last two.
double along(std::span<const Point> points, double x) {
  if (x < points.front().x || points.size() == 1) return points.front().y * x / points.front().x;
  const std::size_t i = upper_of(points, x, &Point::x);
  const Point &a = points[i - 1], &b = points[i];
  return std::max(0.0, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y));
}

/// Whether `along` looks at the measured value for x: one of the two around it, or of the two nearest ones.
bool is_near(const std::vector<int>& sorted, int value, double x) {
  if (sorted.size() == 1 || x < sorted.front()) return value == sorted.front();
  const std::size_t i = upper_of(sorted, x, std::identity{});
  return value == sorted[i - 1] || value == sorted[i];
}

std::vector<int> distinct(std::vector<int> values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
  return values;
}

}  // namespace

HostChunks host_chunks(const HostAttention& call, int threads) {
  const double heads = call.batch * call.kv_heads;
  const double share =
      threads > 1 ? std::ceil(heads * call.context / (kChunksPerThread * threads)) : call.context * heads;
  const double parts = std::max(1.0, std::ceil(call.context / std::max<double>(share, kShortestChunk)));
  // Each thread has a range of its own: it begins and ends between two heads if these are a multiple of the threads.
  const bool between = std::fmod(heads, threads) == 0;
  return {.count = heads * parts, .tokens = call.context / parts, .split = parts > 1, .spread = parts > 1 && !between};
}

Bytes host_cache_bytes(const HostAttention& call) {
  const double element = call.element == "fp32" ? 4 : call.element == "bf16" || call.element == "fp16" ? 2 : 1;
  if (element == 1 && call.element != "int8") return {};
  const double scale = call.element == "int8" ? 4 : 0;
  return Bytes{2 * call.batch * call.kv_heads * call.context * (call.head_dim * element + scale)};
}

std::optional<AttentionPace> host_attention_pace(const HostCeilings& ceilings, const HostAttention& call, int threads) {
  std::vector<int> counts;
  for (const auto& a : ceilings.attention)
    if (a.element == call.element) counts.push_back(a.threads);
  if (counts.empty()) return std::nullopt;
  std::ranges::sort(counts);
  const auto enough = std::ranges::lower_bound(counts, threads);
  const int counted = enough == counts.end() ? counts.back() : *enough;

  std::vector<AttentionPace> list;
  std::vector<int> dims, groups;
  for (const auto& a : ceilings.attention)
    if (a.element == call.element && a.threads == counted) {
      list.push_back(a);
      dims.push_back(a.head_dim);
      groups.push_back(a.group);
    }
  std::ranges::sort(list, {}, &AttentionPace::group);
  dims = distinct(dims);
  groups = distinct(groups);

  const double group = call.heads / call.kv_heads;
  AttentionPace pace{.element = std::string(call.element),
                     .threads = counted,
                     .group = static_cast<int>(group),
                     .head_dim = static_cast<int>(call.head_dim)};
  std::vector<Point> token_by_dim, chunk_by_dim;
  for (const int dim : dims) {
    std::vector<Point> token, chunk;
    for (const auto& a : list)
      if (a.head_dim == dim) {
        token.push_back({static_cast<double>(a.group), a.token.in(units::s)});
        chunk.push_back({static_cast<double>(a.group), a.chunk.in(units::s)});
        if (is_near(groups, a.group, group) && is_near(dims, dim, call.head_dim))
          pace.spread = std::max(pace.spread, a.spread);
      }
    token_by_dim.push_back({static_cast<double>(dim), along(token, group)});
    chunk_by_dim.push_back({static_cast<double>(dim), along(chunk, group)});
  }
  pace.token = along(token_by_dim, call.head_dim) * units::s;
  pace.chunk = along(chunk_by_dim, call.head_dim) * units::s;
  return pace;
}

std::optional<HostAttentionTime> host_attention_time(const HostAttention& call, const HostCeilings& ceilings) {
  const auto t = terms(call, ceilings);
  if (!t) return std::nullopt;
  const Seconds longer = std::max(t->core, t->memory), shorter = std::min(t->core, t->memory);
  HostAttentionTime out{.core = t->core, .memory = t->memory, .fixed = t->fixed};
  out.bound = t->memory > t->core ? Bound::memory : Bound::compute;
  const auto overlap = overlap_of(ceilings, call.heads / call.kv_heads);
  out.time = t->fixed + longer + (1 - (overlap ? overlap->share : 0)) * shorter;
  // Each term's spread, and what the overlap did not explain where it was taken from.
  const Seconds doubt = kRangesOf90Percent * (t->core_spread * t->core + t->memory_spread * t->memory) +
                        kDeviationsOf90Percent * (overlap ? overlap->error : 0) * out.time;
  // An overlap that was never measured may be anything.
  out.low = std::max(t->fixed, (overlap ? out.time : t->fixed + longer) - doubt);
  out.high = out.time + doubt;
  return out;
}

std::optional<double> explained_overlap(const HostAttention& call, const HostCeilings& ceilings, Seconds measured) {
  const auto t = terms(call, ceilings);
  if (!t) return std::nullopt;
  return (t->fixed + t->core + t->memory - measured) / std::min(t->core, t->memory);
}

std::optional<double> explained_slowdown(const HostAttention& call, const HostCeilings& ceilings, Seconds measured) {
  HostAttention in_a_row = call;
  in_a_row.layout = {};
  const auto t = terms(in_a_row, ceilings);
  if (!t) return std::nullopt;
  const auto overlap = overlap_of(ceilings, call.heads / call.kv_heads);
  const double added = 1 - (overlap ? overlap->share : 0);
  const Seconds both = measured - t->fixed;
  // (H5) solved for the memory's time, as the longer of the two or as the shorter.
  Seconds memory = both - added * t->core;
  if (memory < t->core) memory = added > 0 ? (both - t->core) / added : t->memory;
  return std::max(1.0, memory / t->memory);
}

}  // namespace roofcast
