#include "core/memory_budget.hpp"

#include <algorithm>
#include <cmath>

#include "core/activations.hpp"
#include "core/captured_graphs.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

/// Memory comes in whole bytes: needs are rounded up, room is rounded down.
Bytes rounded_up(Bytes b) {
  return Bytes{std::ceil(b.in(units::byte))};
}
Bytes rounded_down(Bytes b) {
  return Bytes{std::floor(b.in(units::byte))};
}

/// usable - weights - overhead = pool, with the terms the engine charges.
void close_budget(MemoryBudget& b) {
  b.overhead = b.context + b.activations + b.collectives + b.graphs;
  b.kv_pool = std::max(Bytes{}, b.usable - b.weights - b.overhead);
}

}  // namespace

MemoryBudget with_draft(MemoryBudget b, Bytes weights, double cache_share) {
  const Bytes rest = std::max(Bytes{}, b.kv_pool - weights);
  const Bytes pool = rounded_down((1 - cache_share) * rest);
  b.draft = rounded_up(weights) + (rest - pool);
  b.overhead += b.draft;
  b.kv_pool = pool;
  return b;
}

Bytes fraction_of_total_pool(Bytes total, double fraction, Bytes non_kv) {
  return Bytes{std::ceil((fraction * total).in(units::byte))} - non_kv;
}

double static_fraction(Bytes capacity, double batched_tokens, int ranks, Bytes graphs) {
  double reserved = 512 + 1.5 * std::max(batched_tokens, 2048.0) + ranks / 8.0 * 1024 + graphs.in(units::MiB);
  if (capacity > 60.0 * units::GiB) reserved = std::max(reserved, 10240.0);
  const double total = capacity.in(units::MiB);
  return std::round((total - reserved) / total * 1000) / 1000;
}

MemoryBudget memory_budget(const ModelSpec& model, const Deployment& d, int stage, const Engine& engine,
                           const MemorySettings& s) {
  MemoryBudget b{.capacity = rounded_down(s.capacity), .utilization = s.utilization};
  b.weights = rounded_up(weight_bytes_per_rank(model, d, stage));
  b.context = rounded_up(engine.context);
  b.activations = rounded_up(activation_peak(model, d, engine, s.batched_tokens, s.sequences));
  b.collectives = d.tp * d.pp > 1 ? rounded_up(engine.collectives) : Bytes{};
  b.graphs = rounded_up(engine.graphs + captured_graphs(model, d, stage, engine, s.sequences));

  switch (engine.memory_rule) {
    case MemoryRule::fraction_of_total:
      b.usable = fraction_of_total_pool(b.capacity, s.utilization, {});
      close_budget(b);
      return b;
    case MemoryRule::static_fraction: {
      if (b.utilization <= 0) b.utilization = static_fraction(b.capacity, s.batched_tokens, d.tp * d.pp, b.graphs);
      // Activations, graphs and buffers live outside the fraction.
      b.usable = rounded_down(b.utilization * (b.capacity - b.context));
      b.kv_pool = std::max(Bytes{}, b.usable - b.weights);
      return b;
    }
    case MemoryRule::fraction_of_free: {
      b.overhead = b.context + b.activations + b.collectives + b.graphs;
      const Bytes free = std::max(Bytes{}, b.capacity - b.weights - b.overhead);
      b.kv_pool = rounded_down(s.utilization * free);
      b.usable = b.weights + b.overhead + b.kv_pool;
      if (free <= Bytes{}) b.usable = b.capacity;
      return b;
    }
    case MemoryRule::whole_device:
      b.utilization = 1;
      b.usable = b.capacity;
      close_budget(b);
      return b;
  }
  return b;
}

}  // namespace roofcast
