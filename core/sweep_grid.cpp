#include "core/sweep_grid.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/weights.hpp"

namespace roofcast {
namespace {

/// Takes the fastest digit of a mixed-radix index.
std::size_t take_digit(std::size_t& index, std::size_t radix) {
  const std::size_t digit = index % radix;
  index /= radix;
  return digit;
}

/// Deployment of a layout; with gpus one replica each tp x pp of them. Attention is still whole.
Deployment undivided(const Layout& l) {
  Deployment d{.tp = l.tp, .pp = l.pp, .ep = l.ep.value_or(1), .dp = l.dp, .dcp = l.dcp, .prefill = l.prefill};
  if (l.gpus) d.dp = static_cast<int>(*l.gpus / d.replica_gpus());
  return d;
}

/// Why a layout makes no whole replicas or groups of attention; empty: it does.
std::string rest_left(const Layout& l, const Deployment& d) {
  if (l.gpus && *l.gpus % d.replica_gpus() != 0)
    return fmt::format("--gpus {} is not a multiple of tp x pp = {}", *l.gpus, d.replica_gpus());
  if (d.tp % l.attention_dp != 0) return fmt::format("--attention-dp {} does not divide --tp {}", l.attention_dp, d.tp);
  return {};
}

SweepConfig unsupported_config(const Scenario& s, std::string reason) {
  SweepConfig c = named_config(s);
  c.unsupported = std::move(reason);
  return c;
}

}  // namespace

std::size_t SweepGrid::configs() const {
  return saturated_product({models.size(), attentions.size(), devices.size(), engines.size(), weight_formats.size(),
                            kv_formats.size(), layouts.size(), speculations.size()});
}
std::size_t SweepGrid::batch_count() const {
  return batches ? static_cast<std::size_t>(batches->count()) : 1;
}
std::size_t SweepGrid::points_per_config() const {
  return saturated_product({lengths.size(), batch_count()});
}
std::size_t SweepGrid::points() const {
  return saturated_product({configs(), points_per_config()});
}

SweepConfig grid_config(const SweepGrid& grid, std::size_t index) {
  const Speculation drafts = grid.speculations[take_digit(index, grid.speculations.size())];
  const Layout layout = grid.layouts[take_digit(index, grid.layouts.size())];
  const auto& kv = grid.kv_formats[take_digit(index, grid.kv_formats.size())];
  const auto& weights = grid.weight_formats[take_digit(index, grid.weight_formats.size())];
  Scenario s = grid.base;
  s.speculation.draft_tokens = drafts.draft_tokens;
  s.speculation.acceptance = drafts.acceptance;
  s.engine = grid.engines[take_digit(index, grid.engines.size())];
  s.device = grid.devices[take_digit(index, grid.devices.size())];
  const auto& attention = grid.attentions[take_digit(index, grid.attentions.size())];
  s.model = grid.models[index];
  s.kv = kv.value_or(model_kv_format(s.model));
  if (weights) s.model = with_weight_format(std::move(s.model), *weights);

  s.deployment = undivided(layout);
  if (auto rest = rest_left(layout, s.deployment); !rest.empty()) {
    SweepConfig c = unsupported_config(s, std::move(rest));
    c.undivided_gpus = layout.gpus;
    if (attention) c.attention = attention_text(*attention);
    return c;
  }
  s.deployment = with_attention_groups(s.deployment, layout.attention_dp, !layout.ep);
  if (attention) {
    auto changed = with_attention(s.model, *attention);
    if (!changed) {
      const Error& e = changed.error().front();
      SweepConfig c = unsupported_config(s, fmt::format("{} {}", e.where, e.what));
      c.attention = attention_text(*attention);
      return c;
    }
    s.model = std::move(*changed);
  }
  return sweep_config(s);
}

void set_batch(Workload& workload, const SweepGrid& grid, std::size_t index) {
  if (grid.batches) workload.batch = static_cast<int>(grid.batches->at(static_cast<std::int64_t>(index)));
}

Workload grid_workload(const SweepGrid& grid, std::size_t index) {
  Workload w = grid.base.workload;
  set_batch(w, grid, take_digit(index, grid.batch_count()));
  const Lengths l = grid.lengths[index];
  w.context = l.context;
  w.isl = l.isl;
  w.osl = l.osl;
  w.prefix_hit = l.prefix_hit;
  w.requests_s = l.requests_s;
  return w;
}

Errors grid_errors(const SweepGrid& grid) {
  Errors unique;
  const auto add = [&](const Errors& errors) {
    for (const auto& e : errors)
      if (std::ranges::find(unique, e) == unique.end()) unique.push_back(e);
  };
  // Layouts are answers (unsupported), not errors.
  Scenario s = grid.base;
  if (grid.models.empty() || grid.engines.empty() || grid.lengths.empty()) return unique;
  s.model = grid.models.front();
  s.engine = grid.engines.front();
  s.overlap = Overlap::none;
  s.deployment = {.prefill = grid.layouts.empty() ? 0 : grid.layouts[0].prefill};
  for (const auto& device : grid.devices) {
    s.device = device;
    s.workload = grid_workload(grid, 0);
    add(scenario_errors(s));
  }
  return unique;
}

}  // namespace roofcast
