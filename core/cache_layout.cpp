#include "core/cache_layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace roofcast {
namespace {

/// Streams with one growth law, or the recurrent states, of a stage.
struct Spec {
  std::string name;
  double layers = 0;
  double token_bytes = 0;  ///< one token of one layer on this rank
  double window = CacheStream::kUnbounded;
  double state_bytes = 0;  ///< one sequence of one layer on this rank
};

void add(std::vector<Spec>& specs, const Spec& spec) {
  const auto same = std::ranges::find_if(specs, [&](const Spec& s) {
    return s.window == spec.window && s.token_bytes == spec.token_bytes && s.state_bytes == spec.state_bytes;
  });
  if (same == specs.end())
    specs.push_back(spec);
  else
    same->layers += spec.layers;
}

/// One layer's streams of the same window are stored together (a latent and its indexer).
void add_kind(std::vector<Spec>& specs, const LayerParts& p, double layers, const ModelSpec& model, const Deployment& d,
              const KvFormat& kv, const Engine& engine) {
  std::vector<Spec> own;
  for (const auto& s : p.streams) {
    if (!s.stored) continue;
    const double bytes = stored_row_bytes(s, kv, engine.pool_rule) * s.rank_share(d.tp) / s.tokens_per_row;
    const auto same = std::ranges::find_if(own, [&](const Spec& o) { return o.window == s.window; });
    if (same != own.end())
      same->token_bytes += bytes;
    else
      own.push_back({.name = std::isfinite(s.window) ? fmt::format("window {}", s.window) : "full",
                     .layers = layers,
                     .token_bytes = bytes,
                     .window = s.window});
  }
  if (!p.states.empty()) {
    Spec state{.name = "state", .layers = layers};
    const double element = engine.pool_rule == PoolRule::padded_cells ? 4.0 : model_element_bytes(model);
    for (const auto& s : p.states) state.state_bytes += s.bytes(element) * s.rank_share(d.tp);
    own.push_back(state);
  }
  for (const auto& spec : own) add(specs, spec);
}

std::vector<Spec> stage_specs(const ModelSpec& model, const Deployment& d, int stage, const KvFormat& kv,
                              const Engine& engine) {
  std::vector<Spec> specs;
  const auto [first, last] = stage_layers(model.layer_count(), d.pp, stage);
  const auto counts = kind_counts(model, first, last);
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) add_kind(specs, parts(model.kinds[i], model.hidden), counts[i], model, d, kv, engine);
  return specs;
}

/// Every kind with pages of its own size and the engine's block.
CacheLayout separate_pools(const std::vector<Spec>& specs, double block) {
  CacheLayout layout;
  for (const auto& s : specs)
    layout.groups.push_back({.name = s.name,
                             .block_tokens = block,
                             .block_bytes = s.layers * (s.state_bytes > 0 ? s.state_bytes : s.token_bytes * block),
                             .window = s.window,
                             .state = s.state_bytes > 0});
  return layout;
}

/// Group size of the hybrid manager: the least layer count, or the largest when that pads less than half.
double layers_per_group(const std::vector<Spec>& specs) {
  const auto [least, most] = std::ranges::minmax(specs, {}, &Spec::layers);
  return most.layers < 1.5 * least.layers ? most.layers : least.layers;
}

/// One pool of equal pages: smaller rows get longer blocks, a recurrent state forces the block up
/// until one page holds it.
CacheLayout grouped_pages(const std::vector<Spec>& specs, double block) {
  if (specs.size() < 2) return separate_pools(specs, block);
  double page = 0;
  for (const auto& s : specs) page = std::max(page, s.token_bytes * block);
  for (const auto& s : specs) {
    if (s.state_bytes <= page) continue;
    double longest = 0;  // the row that needs the fewest tokens to fill a state's page
    for (const auto& a : specs) longest = std::max(longest, a.token_bytes);
    page = longest > 0 ? longest * block * std::ceil(s.state_bytes / (longest * block)) : s.state_bytes;
  }
  const double size = layers_per_group(specs);
  CacheLayout layout;
  for (const auto& s : specs)
    layout.groups.push_back({.name = s.name,
                             .groups = std::ceil(s.layers / size),
                             .block_tokens = s.state_bytes > 0 ? block : std::floor(page / s.token_bytes),
                             .block_bytes = size * page,
                             .window = s.window,
                             .state = s.state_bytes > 0});
  return layout;
}

/// llama.cpp: cells padded to 256; window caches hold the window of each sequence plus one micro-batch.
CacheLayout padded_cells(const std::vector<Spec>& specs) {
  constexpr double kPad = 256, kMicroBatch = 512;
  CacheLayout layout;
  for (const auto& s : specs) {
    const bool window = std::isfinite(s.window);
    if (window) layout.fixed_bytes += s.layers * s.token_bytes * kMicroBatch;
    layout.groups.push_back(
        {.name = s.name,
         .block_tokens = window ? 1 : kPad,
         .block_bytes = s.layers * (s.state_bytes > 0 ? s.state_bytes : s.token_bytes * (window ? 1 : kPad)),
         .window = s.window,
         .state = s.state_bytes > 0});
  }
  return layout;
}

std::string describe(const CacheLayout& layout, const ModelSpec& model, const KvFormat& kv, const Engine& engine) {
  std::string text;
  for (const auto& g : layout.groups) {
    if (!text.empty()) text += "; ";
    text += g.state ? fmt::format("{}: one page of {:.0f} B per sequence and group", g.name, g.block_bytes)
            : g.block_tokens == 1 ? fmt::format("{}: token by token", g.name)
                                  : fmt::format("{}: blocks of {} tokens", g.name, g.block_tokens);
    if (g.groups > 1) text += fmt::format(" x {} groups", g.groups);
  }
  for (const auto& kind : model.kinds)
    for (const auto& s : parts(kind, model.hidden).streams)
      if (stored_row_bytes(s, kv, engine.pool_rule) != s.row_bytes(kv)) {
        const auto row = fmt::format("; fp8 {} row {} B", s.name, s.fp8_row_bytes);
        if (!text.contains(row)) text += row;
      }
  return text;
}

double blocks(const PageGroup& g, const CacheLayout& layout, double tokens, double in_flight) {
  if (g.state) return g.groups;
  const double span = g.block_tokens * layout.tokens_divisor;
  const double all = std::ceil(tokens / span);
  if (!std::isfinite(g.window)) return g.groups * all;
  // A window that slides over block borders touches one block more; single cells do not.
  const double held = std::ceil((g.window - 1 + in_flight) / span) + (g.block_tokens > 1 ? 1 : 0);
  return g.groups * std::min(all, held);
}

}  // namespace

double stored_row_bytes(const CacheStream& s, const KvFormat& kv, PoolRule pool) {
  const bool packed = kv.name.starts_with("fp8") && s.fp8_row_bytes > 0 && pool != PoolRule::padded_cells;
  return packed ? s.fp8_row_bytes : s.row_bytes(kv);
}

CacheLayout cache_layout(const ModelSpec& model, const Deployment& d, int stage, const KvFormat& kv,
                         const Engine& engine, int block_tokens) {
  const auto specs = stage_specs(model, d, stage, kv, engine);
  CacheLayout layout;
  switch (engine.pool_rule) {
    case PoolRule::grouped_pages:
      layout = grouped_pages(specs, block_tokens);
      break;
    case PoolRule::separate_pools:
      layout = separate_pools(specs, block_tokens);
      break;
    case PoolRule::padded_cells:
      layout = padded_cells(specs);
      break;
  }
  if (engine.pool_rule == PoolRule::grouped_pages) layout.null_blocks = 1;
  layout.tokens_divisor = d.dcp;
  layout.description = describe(layout, model, kv, engine);
  return layout;
}

double shared_block_bytes(const CacheLayout& layout) {
  if (layout.groups.empty()) return 0;
  const double first = layout.groups.front().block_bytes;
  const bool equal = std::ranges::all_of(layout.groups, [&](const PageGroup& g) { return g.block_bytes == first; });
  return equal ? first : 0;
}

double blocks_per_sequence(const CacheLayout& layout, double tokens, double in_flight) {
  double sum = 0;
  for (const auto& g : layout.groups) sum += blocks(g, layout, tokens, in_flight);
  return sum;
}

Bytes allocated_per_sequence(const CacheLayout& layout, double tokens, double in_flight) {
  double sum = 0;
  for (const auto& g : layout.groups) sum += blocks(g, layout, tokens, in_flight) * g.block_bytes;
  return Bytes{sum};
}

double concurrency(const CacheLayout& layout, Bytes pool, double tokens, double in_flight) {
  const double bytes = allocated_per_sequence(layout, tokens, in_flight).in(units::byte);
  const double free = pool.in(units::byte)-layout.fixed_bytes;
  if (free <= 0) return 0;
  if (bytes <= 0) return std::numeric_limits<double>::infinity();
  const double block = shared_block_bytes(layout);
  if (block <= 0) return free / bytes;
  return std::floor(free / block) / (bytes / block);
}

double max_sequences(const CacheLayout& layout, Bytes pool, double tokens) {
  const double block = shared_block_bytes(layout);
  const Bytes usable = pool - Bytes{layout.null_blocks * block};
  return std::floor(std::max(0.0, concurrency(layout, usable, tokens)));
}

}  // namespace roofcast
