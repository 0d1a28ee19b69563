#include "core/cache.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace roofcast {
namespace {

struct LayerCache {
  double per_token = 0;
  double sequence = 0;
  double state = 0;
};

/// One layer's figures in bytes, for a rank's share of heads and tokens.
LayerCache layer_cache(const ModelSpec& model, const LayerKind& kind, const KvFormat& kv, const Deployment& d,
                       double tokens) {
  const LayerParts p = parts(kind, model.hidden);
  LayerCache c;
  for (const auto& s : p.streams) {
    const double row = s.row_bytes(kv) * stored_share(s, d);
    if (!std::isfinite(s.window)) c.per_token += row / s.tokens_per_row;
    c.sequence += s.rows(tokens) * row;
  }
  for (const auto& s : p.states) c.state += s.bytes(model_element_bytes(model)) * s.rank_share(d.tp);
  c.sequence += c.state;
  return c;
}

/// The stage whose `figure` is largest; with pp = 1 the whole model.
double largest_stage(const ModelSpec& model, const KvFormat& kv, const Deployment& d, double tokens,
                     double LayerCache::*figure) {
  std::vector<double> by_kind;
  for (const auto& kind : model.kinds) by_kind.push_back(layer_cache(model, kind, kv, d, tokens).*figure);

  double largest = 0;
  for (int stage = 0; stage < d.pp; ++stage) {
    const auto [first, last] = stage_layers(model.layer_count(), d.pp, stage);
    const auto counts = kind_counts(model, first, last);
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) sum += counts[i] * by_kind[i];
    largest = std::max(largest, sum);
  }
  return largest;
}

}  // namespace

Bytes kv_bytes_per_token(const ModelSpec& model, const KvFormat& kv) {
  return kv_bytes_per_token_per_rank(model, kv, {});
}

Bytes kv_bytes_per_sequence(const ModelSpec& model, const KvFormat& kv, double tokens) {
  return kv_bytes_per_sequence_per_rank(model, kv, {}, tokens);
}

Bytes state_bytes_per_sequence(const ModelSpec& model) {
  return Bytes{largest_stage(model, {}, {}, 1, &LayerCache::state)};
}

Bytes kv_bytes_per_token_per_rank(const ModelSpec& model, const KvFormat& kv, const Deployment& d) {
  return Bytes{largest_stage(model, kv, d, 1, &LayerCache::per_token)};
}

Bytes kv_bytes_per_sequence_per_rank(const ModelSpec& model, const KvFormat& kv, const Deployment& d, double tokens) {
  return Bytes{largest_stage(model, kv, d, tokens, &LayerCache::sequence)};
}

double cache_copies(const ModelSpec& model, const KvFormat& kv, const Deployment& d) {
  const double once = kv_bytes_per_token(model, kv).in(units::byte);
  const double per_rank = kv_bytes_per_token_per_rank(model, kv, {.tp = d.tp, .dcp = d.dcp}).in(units::byte);
  return once > 0 ? d.tp * per_rank / once : 1;
}

}  // namespace roofcast
