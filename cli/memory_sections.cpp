#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/estimate_report.hpp"
#include "cli/figure_text.hpp"
#include "core/batch_limits.hpp"
#include "core/cache.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"

namespace roofcast::cli {
namespace {

constexpr const char* kExact = "exact";
constexpr const char* kEstimated = "estimated";

/// Name, figure to read, every digit, label.
TextTable budget_table() {
  return {.columns = {{"", Align::left}, {""}, {""}, {"", Align::left}}};
}

std::string conversations(double n) {
  return fmt::format("{} conversation{}", with_thousands(n), n == 1 ? "" : "s");
}

}  // namespace

ReportSection memory_section(const Estimate& e) {
  const MemoryBudget& m = e.memory;
  const std::string_view device = noun(e.scenario.device.device_class);
  ReportSection section{.title = fmt::format("Memory of one {}", device), .table = budget_table()};
  auto& rows = section.table.rows;
  const auto add = [&](std::string what, Bytes b, std::string_view label, bool digits = false) {
    rows.push_back({std::move(what), format_bytes(b), digits ? exact_bytes(b) : "", std::string(label)});
  };
  const std::string_view source = name(e.scenario.device.memory_source);
  add(e.scenario.device.memory_source == MemorySource::given ? "memory" : "reported by the runtime", m.capacity,
      source);
  add(fmt::format("usable by {} at {:.3g}", e.scenario.engine.name, m.utilization), m.usable, source);
  add("- weights", m.weights, e.weights_exact ? kExact : kEstimated, true);
  // Engines that charge an item elsewhere have it at zero.
  if (m.overhead > m.draft) {
    if (m.context > Bytes{}) add("- driver context", m.context, kEstimated);
    add(fmt::format("- activations of {} tokens", with_thousands(batch_limits(e.scenario).batched_tokens)),
        m.activations, kEstimated);
    if (m.collectives > Bytes{}) add("- communication buffers", m.collectives, kEstimated);
    if (m.graphs > Bytes{}) add("- captured graphs", m.graphs, kEstimated);
  }
  if (m.draft > Bytes{}) add("- drafts: weights and share of the cache", m.draft, kEstimated);
  add("= KV pool", m.kv_pool, kEstimated);
  if (m.overhead <= m.draft && m.activations > Bytes{})
    section.remarks.push_back(fmt::format(
        "{} keeps driver context, activations, buffers and graphs outside this share.", e.scenario.engine.name));
  if (e.batch >= 1) add(fmt::format("used by {}", conversations(e.batch)), e.cache.used, kExact, true);
  return section;
}

ReportSection cache_section(const Estimate& e) {
  const CacheFigures& c = e.cache;
  const Deployment& d = e.scenario.deployment;
  const std::string_view device = noun(e.scenario.device.device_class);
  ReportSection section{.title = fmt::format("KV cache ({})", e.scenario.kv.name), .table = budget_table()};
  auto& rows = section.table.rows;
  const auto add = [&](std::string what, Bytes b) {
    rows.push_back({std::move(what), format_bytes(b), exact_bytes(b), kExact});
  };
  add("per token", c.per_token);
  if (d.tp * d.pp > 1) add(fmt::format("per token and {}", device), c.per_token_per_gpu);
  add(fmt::format("per conversation of {}", length_text(e.scenario.workload)), c.per_sequence);
  if (c.state_per_sequence > Bytes{}) add("of that, recurrent state", c.state_per_sequence);
  if (c.allocated_per_sequence != c.per_sequence) add("the same in the engine's blocks", c.allocated_per_sequence);
  if (d.tp * d.pp > 1) add(fmt::format("the same on one {}", device), c.allocated_per_sequence_per_gpu);
  if (std::isfinite(c.pool_tokens))
    rows.push_back({"the pool holds", with_thousands(c.pool_tokens) + " tokens",
                    c.blocks ? with_thousands(*c.blocks) + " blocks" : "", kEstimated});
  section.remarks = {"Layout: " + c.layout + "."};
  if (const double copies = cache_copies(e.scenario.model, e.scenario.kv, d); copies > 1)
    section.remarks.push_back(
        fmt::format("Each token is stored {:.3g} times in a group of tp {}: a {} holds at least one whole KV head or "
                    "latent. Fewer TP ranks with more replicas (--dp) or --dcp avoid that.",
                    copies, d.tp, device));
  return section;
}

}  // namespace roofcast::cli
