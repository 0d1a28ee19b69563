#include "core/calibrated/prefill_attention.hpp"

#include <algorithm>
#include <cmath>

#include "core/calibrated/call_cost.hpp"

namespace roofcast {
namespace {

using units::ns;
using units::us;

constexpr double kQueryTile = 128;  // query tokens of one head that one work item serves
constexpr double kHeadDim = 128;    // that parameters are stated for

/// (P1) What a window hides of the causal half, and how much of it a kernel computes all the same.
struct Attended {
  double tokens = 1;  ///< that the last query of a prompt attends
  Flops products{};
};

Attended attended(const PrefillAttentionParameters& p, const PrefillAttentionCall& call, Flops visible) {
  const double windowed = call.window > 0 ? std::min(call.window, call.tokens) : call.tokens;
  auto whole = call;
  whole.window = 0;
  return {.tokens = windowed + p.masked_share * (call.tokens - windowed),
          .products = visible + p.masked_share * (cost(whole).flops - visible)};
}

}  // namespace

KernelTerms prefill_attention_terms(const PrefillAttentionParameters& p, const KernelSetting& setting,
                                    const PrefillAttentionCall& call) {
  const auto& m = setting.machine;
  const auto asked = cost(call);
  const auto seen = attended(p, call, asked.flops);
  const double windowed = call.window > 0 ? std::min(call.window, call.tokens) : call.tokens;
  const double doublings = std::log2(call.head_dim / kHeadDim);

  KernelTerms t;
  t.launch = p.launch_us * us;
  t.serial = p.token_ns * call.batch * call.tokens * ns;
  t.memory = asked.bytes / (p.bandwidth_share * m.bandwidth);
  // (P2) Tiles at the diagonal are half empty, and short prompts have few others.
  const double share = std::min(1.0, p.compute_share * std::pow(p.compute_per_doubling, doublings));
  const double items = call.batch * call.heads * std::ceil(call.tokens / kQueryTile) / m.units;
  t.compute = (1 + p.ramp_tokens / windowed) * seen.products / (share * m.compute) +
              items * p.item_us * std::pow(p.item_per_doubling, doublings) * us;
  // (P3) The longest work item, however few there are.
  t.units = p.stream_us * seen.tokens / 1024 * call.head_dim / kHeadDim * us;
  if (setting.reuse == CacheReuse::none) t.roof = roofline(asked, {m.bandwidth, m.compute, {}}).time;
  return t;
}

}  // namespace roofcast
