#include "core/plan/layouts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr int kNode = 8;            // devices of a node without a scale-up domain
constexpr int kMostStages = 16;     // more only add latency
constexpr int kMostOfReplica = 64;  // devices of one replica

/// llama.cpp has flags for neither experts apart nor DP ranks that share them.
bool spreads_experts(const Engine& engine) {
  return engine.id != "llamacpp";
}

void add_with_experts(std::vector<Deployment>& list, const Scenario& s, Deployment d, int most) {
  if (deployment_errors(s.model, d).empty()) list.push_back(d);
  if (!has_experts(s.model) || !spreads_experts(s.engine)) return;
  // Spread over the ranks of the replica; DP ranks that share experts make one replica together.
  for (d.ep = d.tp; d.gpus() <= most && d.dp <= kNode; d.dp *= 2, d.ep = d.tp * d.dp) {
    if (d.ep > 1 && deployment_errors(s.model, d).empty()) list.push_back(d);
    if (d.pp > 1) break;
  }
}

}  // namespace

std::vector<Deployment> layouts(const Scenario& s, int most_gpus) {
  const int most = std::min(most_gpus, kMostOfReplica);
  const int widest = std::min(std::max(kNode, s.device.link_domain), most);
  std::vector<Deployment> list;
  for (int tp = 1; tp <= widest; tp *= 2)
    for (int pp = 1; pp <= kMostStages && tp * pp <= most; pp *= 2)
      add_with_experts(list, s, {.tp = tp, .pp = pp}, most);
  return list;
}

}  // namespace roofcast
