#include "core/calibrated/moe.hpp"

#include "core/calibrated/call_cost.hpp"
#include "core/roofline.hpp"

namespace roofcast {
namespace {

using units::ns;
using units::us;

constexpr double kTokenWidth = 4096;  // that token_ns is stated for

/// (E2) Weights of the experts that meet a token; rows gathered, intermediate results, rows written.
Bytes moved(const MoeCall& call, const ExpertLoad& load, const KernelSetting& setting, double weights) {
  const double width = call.intermediate / call.tp;
  return Bytes{load.experts * weights * setting.format.bytes_per_weight +
               kResultBytes * load.pairs * (2 * call.hidden + 3 * width)};
}

}  // namespace

LoadedMoeCall loaded(const MoeCall& call) {
  return {call, expert_load(call)};
}

KernelTerms moe_terms(const MoeParameters& p, const KernelSetting& setting, const LoadedMoeCall& loaded) {
  const auto& [call, load] = loaded;
  const auto& m = setting.machine;
  const double weights = setting.matrices * call.hidden * call.intermediate / call.tp;  // of one expert
  const Bytes bytes = moved(call, load, setting, weights);

  KernelTerms t;
  t.launch = p.launch_us * us;
  t.memory = bytes / (p.bandwidth_share * m.bandwidth);
  // (E3) Whole tiles of rows.
  t.compute = Flops{2 * weights * load.tiles * kExpertTile} / (p.compute_share * m.compute);
  t.serial = p.expert_us * load.experts * us +
             (p.pair_ns * load.pairs + p.token_ns * call.tokens * call.hidden / kTokenWidth) * ns;
  if (setting.reuse == CacheReuse::none)
    t.roof = roofline({.bytes = bytes, .flops = Flops{2 * weights * load.pairs}}, {m.bandwidth, m.compute, {}}).time;
  return t;
}

}  // namespace roofcast
