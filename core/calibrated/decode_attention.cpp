#include "core/calibrated/decode_attention.hpp"

#include <algorithm>
#include <cmath>

#include "core/calibrated/soft_limit.hpp"

namespace roofcast {
namespace {

using units::us;

constexpr double kCacheSpeed = 3;  // last-level cache / memory bandwidth: 2 to 4 on the parts at hand

/// (C1) How query heads and sequences become work items.
struct Work {
  double rows = 1;    ///< query heads per work item
  double passes = 1;  ///< work items that read the same KV head
  double items = 1;   ///< before the context is split
  bool splits = true;
};

Work work(const DecodeAttentionTraits& t, const DecodeAttentionCall& call) {
  const double group = call.heads / call.kv_heads;
  const bool packs = t.packs_windowed != 0 || call.window == 0;
  const double passes = packs ? std::ceil(group / t.query_tile) : group;
  return {.rows = group / passes,
          .passes = passes,
          .items = call.batch * call.kv_heads * passes,
          .splits = packs && (t.splits_single != 0 || group > 1)};
}

bool past_limit(double value, double limit) {
  return limit > 0 && value > limit;
}

/// Context that the plan of splits goes by.
double planned_tokens(const DecodeAttentionTraits& t, const DecodeAttentionCall& call) {
  return call.window > 0 && t.plans_on_context == 0 ? std::min(call.context, call.window) : call.context;
}

/// Tokens whose cache rows are read.
double tokens_read(const DecodeAttentionTraits& t, const DecodeAttentionCall& call) {
  return call.window > 0 ? std::min(call.context, call.window + t.window_margin) : call.context;
}

/// (C2) Parts that one context is cut into: enough to fill the units, none too short, no more than the kernel can.
double splits(const DecodeAttentionKernel& kernel, double tokens, double items, double machine_units) {
  const auto& p = kernel.parameters;
  const bool whole = kernel.traits.whole_splits != 0;
  const double wanted = whole ? std::floor(machine_units / items) : p.split_waves * machine_units / items;
  if (whole && wanted <= 1) return 1;
  return soft_most(1, soft_least(p.most_splits, tokens / p.tokens_per_split, wanted));
}

/// (C5) Times that the busiest unit is taken, by items that the context was cut into `parts` of.
double waves(const DecodeAttentionTraits& t, double items, double parts, double machine_units) {
  const double even = items * parts / machine_units;
  if (t.whole_waves == 0 && t.whole_splits == 0) return even;
  if (items > machine_units) return std::max(even, std::ceil(items / machine_units));
  return t.whole_splits != 0 ? 1 : even;
}

double padded(double rows, double tile) {
  return std::ceil(rows / tile) * tile;
}

/// (C3)-(C6) with the splitting given.
DecodeAttentionTime time_of(const DecodeAttentionKernel& kernel, const Machine& m, const DecodeAttentionCall& call,
                            const Work& w, bool split, CacheReuse reuse) {
  const auto& p = kernel.parameters;
  const double tokens = tokens_read(kernel.traits, call);
  const double planned = planned_tokens(kernel.traits, call);
  const double token_bytes = 2 * call.head_dim * call.kv_bytes;  // K and V of one KV head
  const Bytes kv{call.batch * call.kv_heads * tokens * token_bytes};
  const Bytes others{4 * call.batch * call.heads * call.head_dim +
                     2 * call.batch * call.kv_heads * call.head_dim * (2 + call.kv_bytes)};
  DecodeAttentionTime t;

  if (reuse == CacheReuse::between_calls) t.cached = 1 / (1 + std::pow(kv / (p.cache_reach * m.cache), p.cache_edge));
  // Passes after the first find the rows in the cache: they were just read.
  const Bytes from_cache = (t.cached + w.passes - 1) * kv;
  t.memory =
      ((1 - t.cached) * kv + others) / (p.bandwidth_share * m.bandwidth) + from_cache / (kCacheSpeed * m.bandwidth);

  const Flops item_products{4 * padded(w.rows, kernel.traits.product_rows) * tokens * call.head_dim};
  const auto on_units = [&](double plan) {
    const double parts = split ? splits(kernel, plan, w.items, m.units) : 1;
    const double per_unit = waves(kernel.traits, w.items, parts, m.units);
    const double stream_us = tokens / parts * token_bytes / (p.unit_stream_gb_s * 1e3);
    const double item_us = p.item_us + p.item_row_us * padded(w.rows, kernel.traits.item_rows) * call.head_dim / 128;
    const double streams = soft_most(1, per_unit);  // a unit with any work streams one part or more
    t.units = std::max(t.units, soft_most(per_unit * item_us + streams * stream_us, p.latency_us + stream_us) * us);
    t.compute = std::max(t.compute, streams / parts * m.units * item_products / (p.compute_share * m.compute));
  };
  on_units(planned);
  // (C8) A context that grows behind a window may cut it finer: no gain in serving.
  if (reuse == CacheReuse::none && call.window > 0 && planned > call.window) on_units(call.window);

  if (reuse == CacheReuse::none) {
    const Flops products{4 * call.batch * call.heads * tokens * call.head_dim};
    t.roof = std::max((kv + others) / m.bandwidth, products / m.compute);
  }

  // By the context alone: a batch that fills the units needs fewer parts, but never gains from it.
  if (split)
    t.combine = p.split_us * (1 - 1 / soft_most(1, soft_least(p.most_splits, planned / p.tokens_per_split, 1e9))) * us;
  t.items_per_unit = w.items / m.units;
  const bool repacked = call.heads > call.kv_heads && call.kv_heads > 1;
  t.launch = (p.launch_us + (repacked ? p.repack_us : 0)) * us;
  return t;
}

/// The call with a batch that the kernel still splits.
DecodeAttentionCall at_limits(const DecodeAttentionTraits& t, const DecodeAttentionCall& call, const Work& w) {
  DecodeAttentionCall out = call;
  if (past_limit(w.items, t.split_most_items)) out.batch = call.batch * t.split_most_items / w.items;
  if (past_limit(call.batch, t.split_most_batch)) out.batch = std::min(out.batch, t.split_most_batch);
  return out;
}

DecodeAttentionTime slower(const DecodeAttentionTime& a, const DecodeAttentionTime& b) {
  return a.total() < b.total() ? b : a;
}

bool few_enough(const DecodeAttentionTraits& t, const DecodeAttentionCall& call, const Work& w) {
  return !past_limit(w.items, t.split_most_items) && !past_limit(call.batch, t.split_most_batch);
}

DecodeAttentionTime measured_time(const DecodeAttentionKernel& kernel, const Machine& machine,
                                  const DecodeAttentionCall& call, CacheReuse reuse) {
  const auto& t = kernel.traits;
  const Work w = work(t, call);
  const bool split = w.splits && planned_tokens(t, call) >= t.split_least_tokens && few_enough(t, call, w);
  return time_of(kernel, machine, call, w, split, reuse);
}

/// (C8) Calls that are no larger in batch or context, but that a kernel's rules may make slower.
DecodeAttentionTime floored(const DecodeAttentionKernel& kernel, const Machine& machine,
                            const DecodeAttentionCall& call, DecodeAttentionTime time) {
  const auto& t = kernel.traits;
  const Work w = work(t, call);
  if (!w.splits) return time;
  const auto compare = [&](const DecodeAttentionCall& smaller, bool split) {
    time = slower(time, time_of(kernel, machine, smaller, work(t, smaller), split, CacheReuse::none));
  };
  const double planned = planned_tokens(t, call);
  if (planned >= t.split_least_tokens && !few_enough(t, call, w)) compare(at_limits(t, call, w), true);
  if (t.split_least_tokens > 0 && planned >= t.split_least_tokens) {
    DecodeAttentionCall shorter = call;
    shorter.context = t.split_least_tokens;
    compare(shorter, false);
  }
  return time;
}

}  // namespace

double cache_bytes_read(const DecodeAttentionCall& call) {
  const double tokens = call.window > 0 ? std::min(call.context, call.window) : call.context;
  return 2 * call.batch * call.kv_heads * tokens * call.head_dim * call.kv_bytes;
}

Compute cache_compute(double kv_bytes) {
  return kv_bytes < 2 ? Compute::fp8 : Compute::bf16;
}

Seconds DecodeAttentionTime::total() const {
  return launch + combine + overlapped(memory.in(us), units.in(us), compute.in(us)) * us;
}

DecodeAttentionTime decode_attention_time(const DecodeAttentionKernel& kernel, const Machine& machine,
                                          const DecodeAttentionCall& call, CacheReuse reuse) {
  const auto time = measured_time(kernel, machine, call, reuse);
  return reuse == CacheReuse::between_calls ? time : floored(kernel, machine, call, time);
}

}  // namespace roofcast
