#include "core/calibrated/mla_decode.hpp"

#include <algorithm>
#include <cmath>

#include "core/calibrated/call_cost.hpp"

namespace roofcast {
namespace {

using units::us;

constexpr double kHeadTile = 64;           // query heads that share one pass over the rows; fewer are padded
constexpr double kLeastSplit = 64;         // tokens: no part of a context is shorter
constexpr double kLatentCacheSpeed = 2.5;  // last-level cache / memory bandwidth: 2 to 4 on the parts at hand
constexpr double kLatentCacheEdge = 6;     // how sharply residency ends
constexpr double kSplitContext = 65536;

/// (Q1) Passes over the rows of one sequence: every head reads them all.
double passes(const MlaDecodeCall& call) {
  return std::ceil(call.heads / kHeadTile);
}

/// (Q2) Parts of one context, until the units are full.
double splits(const MlaDecodeParameters& p, double context, double per_unit) {
  return std::max(1.0, std::min({p.most_splits, context / kLeastSplit, 1 / per_unit}));
}

}  // namespace

KernelTerms mla_decode_terms(const MlaDecodeParameters& p, const KernelSetting& setting, const MlaDecodeCall& call) {
  const auto& m = setting.machine;
  const auto asked = cost(call);
  const Bytes rows = reused(call);
  const double per_unit = call.batch * passes(call) / m.units;
  const double cached =
      setting.reuse == CacheReuse::none ? 0 : 1 / (1 + std::pow(rows / (p.cache_reach * m.cache), kLatentCacheEdge));

  KernelTerms t;
  t.launch = p.launch_us * us;
  // (Q3) By the context alone: a batch that fills the units gains nothing from it in serving.
  t.serial = p.split_us * std::log2(1 + call.context / 128) / std::log2(1 + kSplitContext / 128) * us;
  t.memory = (asked.bytes - cached * rows) / (p.bandwidth_share * m.bandwidth) +
             cached * rows / (kLatentCacheSpeed * m.bandwidth);
  // (Q4) Items queue, and each streams its part of the rows.
  const double part_bytes =
      call.context * (call.latent + call.rope) * call.kv_bytes / splits(p, call.context, per_unit);
  const double queue_us = per_unit * (p.item_us + p.item_head_us * call.heads);
  const double stream_us = std::max(1.0, per_unit) * part_bytes / (p.unit_stream_gb_s * 1e3);
  t.units = std::hypot(queue_us, stream_us) * us;
  auto padded = call;  // (Q5)
  padded.heads = std::hypot(call.heads, p.padded_heads);
  t.compute = cost(padded).flops / (p.compute_share * m.compute);
  if (setting.reuse == CacheReuse::none) t.roof = roofline(asked, {m.bandwidth, m.compute, {}}).time;
  return t;
}

}  // namespace roofcast
