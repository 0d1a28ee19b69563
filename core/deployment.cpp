#include "core/deployment.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace roofcast {
namespace {

void add(Errors& errors, std::string where, std::string what, std::string hint = {}) {
  errors.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
}

bool divides(double a, double b) {
  return std::fmod(b, a) == 0;
}

void check_kind(const LayerKind& kind, const ModelSpec& model, const Deployment& d, Errors& errors) {
  const LayerParts p = parts(kind, model.hidden);
  if (!divides(d.tp, p.query_heads))
    add(errors, "--tp", fmt::format("{} does not divide the {} query heads of {}", d.tp, p.query_heads, model.name));
  for (const auto& s : p.streams) {
    if (s.heads > 1 && !divides(d.tp, s.heads) && !divides(s.heads, d.tp))
      add(errors, "--tp",
          fmt::format("{} KV heads of {} can be neither split nor replicated over {} ranks", s.heads, model.name,
                      d.tp));
    if (d.dcp > 1 && s.stored && d.dcp > std::max(1.0, d.tp / s.heads))
      add(errors, "--dcp",
          fmt::format("{} exceeds the {} copies of each KV head at --tp {}", d.dcp, std::max(1.0, d.tp / s.heads),
                      d.tp));
  }
  for (const auto& s : p.states)
    if (s.heads > 1 && !divides(d.tp, s.heads))
      add(errors, "--tp", fmt::format("{} does not divide the {} state heads of {}", d.tp, s.heads, model.name));
  if (p.experts && !divides(d.ep, p.experts->experts))
    add(errors, "--ep", fmt::format("{} does not divide the {} experts of {}", d.ep, p.experts->experts, model.name));
}

}  // namespace

Deployment with_attention_groups(Deployment d, int groups, bool spread) {
  if (groups == 1) return d;
  if (spread) d.ep = d.tp;
  d.tp /= groups;
  d.dp *= groups;
  d.prefill *= groups;
  return d;
}

LayerRange stage_layers(int layers, int pp, int stage) {
  const int base = layers / pp, rest = layers % pp;
  // Stages pp-2, pp-3, ... take one layer more each.
  const auto extra = [&](int s) { return s <= pp - 2 && s > pp - 2 - rest ? 1 : 0; };
  LayerRange r;
  for (int s = 0; s < stage; ++s) r.first += base + extra(s);
  r.last = r.first + base + extra(stage);
  return r;
}

Errors deployment_errors(const ModelSpec& model, const Deployment& d) {
  Errors errors;
  for (const auto& [flag, value] :
       {std::pair{"--tp", d.tp}, {"--pp", d.pp}, {"--ep", d.ep}, {"--dp", d.dp}, {"--dcp", d.dcp}})
    if (value < 1 || value > kMostRanks)
      add(errors, flag, fmt::format("{} is not a count between 1 and {}", value, kMostRanks));
  if (d.prefill < 0 || d.prefill > kMostRanks)
    add(errors, "--disaggregate", fmt::format("{} is not a count between 0 and {}", d.prefill, kMostRanks));
  if (!errors.empty()) return errors;
  if (d.gpus() > kMostRanks)
    add(errors, "--tp", fmt::format("tp x pp x dp = {} devices: at most {}", d.gpus(), kMostRanks));
  if (!errors.empty()) return errors;

  if (d.pp > model.layer_count())
    add(errors, "--pp", fmt::format("{} stages for {} layers of {}", d.pp, model.layer_count(), model.name));
  if (d.tp % d.dcp != 0) add(errors, "--dcp", fmt::format("{} does not divide --tp {}", d.dcp, d.tp));
  if ((d.tp * d.dp) % d.ep != 0 || (d.tp % d.ep != 0 && d.ep % d.tp != 0))
    add(errors, "--ep", fmt::format("{} does not divide the {} ranks of tp x dp", d.ep, d.tp * d.dp));
  for (const auto& kind : model.kinds) check_kind(kind, model, d, errors);
  if (d.ep > 1 && !has_experts(model))
    add(errors, "--ep", fmt::format("{}: {} has no experts to distribute", d.ep, model.name));

  // Kinds of one model usually fail alike: say each thing once.
  Errors unique;
  for (auto& e : errors)
    if (std::ranges::find(unique, e) == unique.end()) unique.push_back(std::move(e));
  return unique;
}

double stored_share(const Projection& matrix, const Deployment& d) {
  switch (matrix.shard) {
    case Shard::split:
      return 1.0 / d.tp;
    case Shard::kv_heads:
      return std::max(1.0, matrix.heads / d.tp) / matrix.heads;
    case Shard::replicated:
      return 1.0;
  }
  return 1.0;
}

double stored_share(const CacheStream& stream, const Deployment& d) {
  return stream.stored ? stream.rank_share(d.tp) / d.dcp : 0.0;
}

}  // namespace roofcast
