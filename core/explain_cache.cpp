#include "core/explain_cache.hpp"

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "core/cache.hpp"
#include "core/cache_layout.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

/// "8 KV heads x (128 + 128)": how a row's elements come about, in the variant's own dimensions.
std::string row_text(const Attention& a, const CacheStream& s) {
  if (const auto* g = std::get_if<GroupedQuery>(&a))
    return fmt::format("{} KV heads x ({} + {})", g->kv_heads, g->head_dim,
                       g->v_head_dim > 0 ? g->v_head_dim : g->head_dim);
  if (const auto* m = std::get_if<Latent>(&a); m != nullptr && s.kind == StreamKind::latent)
    return fmt::format("({} latent + {} rope)", m->kv_rank, m->rope_dim);
  return fmt::format("{} {} elements", s.row_elements, s.name);
}

std::string per_row(const CacheStream& s, const KvFormat& kv) {
  const auto ratio = s.tokens_per_row > 1 ? fmt::format(" / {} tokens per row", s.tokens_per_row) : std::string{};
  return fmt::format("{} B ({}){}", kv.bytes_per_element, kv.name, ratio);
}

/// Calls `visit(kind, layers, parts)` for each kind of layer that the model has.
template <class Visit>
void visit_kinds(const ModelSpec& model, Visit visit) {
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) visit(model.kinds[i], counts[i], parts(model.kinds[i], model.hidden));
}

void add_states(const ModelSpec& model, std::vector<std::string>& lines) {
  visit_kinds(model, [&](const LayerKind& kind, int layers, const LayerParts& p) {
    for (const auto& s : p.states) {
      const double element = s.fp32 ? 4.0 : model_element_bytes(model);
      lines.push_back(fmt::format("{} {} layers x {} {} elements x {} B = {}", layers, kind.name,
                                  with_thousands(s.elements), s.name, element,
                                  whole_bytes(layers * Bytes{s.elements * element})));
    }
  });
}

}  // namespace

Explanation explain_kv_bytes_per_token(const Scenario& s) {
  Explanation e{.result = whole_bytes(kv_bytes_per_token(s.model, s.kv))};
  visit_kinds(s.model, [&](const LayerKind& kind, int layers, const LayerParts& p) {
    for (const auto& stream : p.streams) {
      const auto head = fmt::format("{} {} layers", layers, kind.name);
      if (!stream.stored) {
        e.numbers.push_back(head + " read another layer's cache: 0 B");
      } else if (std::isfinite(stream.window)) {
        e.numbers.push_back(fmt::format("{} stop growing at {} tokens: 0 B", head, with_thousands(stream.window)));
      } else {
        const Bytes sum{layers * stream.row_bytes(s.kv) / stream.tokens_per_row};
        e.numbers.push_back(fmt::format("{} x {} x {} = {}", head, row_text(kind.attention, stream),
                                        per_row(stream, s.kv), whole_bytes(sum)));
      }
    }
    if (p.streams.empty()) e.numbers.push_back(fmt::format("{} {} layers keep no cache: 0 B", layers, kind.name));
  });
  return e;
}

Explanation explain_kv_bytes_per_token_per_gpu(const Scenario& s) {
  const Deployment& d = s.deployment;
  Explanation e{.result = whole_bytes(kv_bytes_per_token_per_rank(s.model, s.kv, d))};
  e.numbers.push_back(fmt::format("whole cache: {} per token", whole_bytes(kv_bytes_per_token(s.model, s.kv))));
  visit_kinds(s.model, [&](const LayerKind& kind, int, const LayerParts& p) {
    for (const auto& stream : p.streams) {
      if (!stream.stored || std::isfinite(stream.window)) continue;
      const double held = stream.rank_share(d.tp) * stream.heads;
      e.numbers.push_back(fmt::format("{} layers: {} of {} {} on each of {} ranks ({})", kind.name, held, stream.heads,
                                      stream.heads > 1 ? "KV heads" : "shared rows", d.tp,
                                      held * d.tp > stream.heads ? fmt::format("{} copies", held * d.tp / stream.heads)
                                                                 : std::string("no copies")));
    }
  });
  if (d.dcp > 1) e.numbers.push_back(fmt::format("--dcp {}: a rank holds every {}th token", d.dcp, d.dcp));
  if (d.pp > 1) e.numbers.push_back(fmt::format("--pp {}: the stage that holds most", d.pp));
  return e;
}

Explanation explain_kv_bytes_per_sequence(const Scenario& s) {
  const double tokens = s.workload.full_length();
  const Bytes total = kv_bytes_per_sequence(s.model, s.kv, tokens);
  Explanation e{.result = fmt::format("{} ({})", whole_bytes(total), format_bytes(total))};
  visit_kinds(s.model, [&](const LayerKind& kind, int layers, const LayerParts& p) {
    for (const auto& stream : p.streams) {
      if (!stream.stored) continue;
      const double rows = stream.rows(tokens);
      e.numbers.push_back(fmt::format("{} {} layers x {} rows x {} x {} = {}", layers, kind.name, with_thousands(rows),
                                      row_text(kind.attention, stream), per_row(stream, s.kv),
                                      whole_bytes(Bytes{layers * rows * stream.row_bytes(s.kv)})));
    }
  });
  add_states(s.model, e.numbers);
  return e;
}

Explanation explain_state_bytes_per_sequence(const Scenario& s) {
  Explanation e{.result = whole_bytes(state_bytes_per_sequence(s.model))};
  add_states(s.model, e.numbers);
  if (e.numbers.empty()) e.numbers.push_back(s.model.name + " has no recurrent layer");
  return e;
}

Explanation explain_kv_bytes_allocated_per_sequence(const Estimate& e) {
  const Scenario& s = e.scenario;
  const double tokens = s.workload.full_length();
  const CacheLayout layout =
      cache_layout(s.model, {}, 0, s.kv, s.engine, s.block_tokens.value_or(s.engine.block_tokens));
  Explanation x{.result = fmt::format("{} ({}), the ideal is {}", whole_bytes(e.cache.allocated_per_sequence),
                                      format_bytes(e.cache.allocated_per_sequence), whole_bytes(e.cache.per_sequence))};
  for (const auto& g : layout.groups) {
    const double blocks = blocks_per_sequence({.groups = {g}}, tokens);
    x.numbers.push_back(fmt::format("{}: {} blocks of {} x {} = {}", g.name, with_thousands(blocks),
                                    g.state ? std::string("one sequence") : fmt::format("{} tokens", g.block_tokens),
                                    whole_bytes(Bytes{g.block_bytes}), whole_bytes(blocks * Bytes{g.block_bytes})));
  }
  x.numbers.push_back(fmt::format("layout of {}: {}", s.engine.name, layout.description));
  return x;
}

}  // namespace roofcast
