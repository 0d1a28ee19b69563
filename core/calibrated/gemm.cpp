#include "core/calibrated/gemm.hpp"

#include <algorithm>
#include <cmath>

#include "core/calibrated/call_cost.hpp"

namespace roofcast {
namespace {

using units::ns;
using units::us;

constexpr double kTileEdge = 128;        // of m and of n
constexpr double kRotatedWeights = 6;    // copies that the benchmarks at hand go through in turn
constexpr double kResidencyEdge = 4;     // how sharply residency ends
constexpr double kUnquantisedBytes = 2;  // of an activation before it is quantised

/// (G1) Tiles of the result per compute unit.
double tiles_per_unit(const GemmCall& call, const Machine& machine) {
  return std::ceil(call.m / kTileEdge) * std::ceil(call.n / kTileEdge) / machine.units;
}

/// (G2) Bytes of the weights that a repeat finds in the last-level cache.
double cached_share(Bytes weights, const KernelSetting& setting) {
  if (setting.reuse == CacheReuse::none) return 0;
  return 1 / (1 + std::pow(kRotatedWeights * weights / setting.machine.cache, kResidencyEdge));
}

/// (G3) Length of k that one unit goes through: while units are idle, k is cut for them, down to `unsplit_k`.
double streamed_k(const GemmParameters& p, double k, double tiles) {
  const double filled = std::hypot(p.unsplit_k * p.unsplit_k, std::pow(k * std::min(tiles, 1.0), 2));  // squared
  const double k2 = k * k;
  return 1 / std::sqrt(std::hypot(1 / k2, 1 / filled));
}

}  // namespace

bool quantises_activations(const WeightFormat& format) {
  return activation_bytes(format.compute) < kUnquantisedBytes;
}

KernelTerms gemm_terms(const GemmParameters& p, const KernelSetting& setting, const GemmCall& call) {
  const auto& m = setting.machine;
  const auto asked = cost(call, setting.format);
  const Bytes weights = reused(call, setting.format);
  const double cached = cached_share(weights, setting);
  const double tiles = tiles_per_unit(call, m);

  KernelTerms t;
  t.launch = p.launch_us * us;
  t.memory = (asked.bytes - cached * weights) / (p.bandwidth_share * m.bandwidth) +
             cached * weights / (p.cache_speed * m.bandwidth);
  t.units = (p.stream_us * streamed_k(p, call.k, tiles) / 4096 + p.tile_us * tiles) * us;
  t.compute = asked.flops / (p.compute_share * m.compute);  // (G4)
  if (quantises_activations(setting.format)) {
    // (G5) A kernel of its own reads the activations in 16 bit and writes them quantised.
    const Bytes moved{call.m * call.k * (kUnquantisedBytes + activation_bytes(setting.format.compute))};
    t.serial = p.quantise_token_ns * call.m * ns + moved / (p.quantise_bandwidth_share * m.bandwidth);
  }
  if (setting.reuse == CacheReuse::none) t.roof = roofline(asked, {m.bandwidth, m.compute, {}}).time;
  return t;
}

}  // namespace roofcast
