#include "cli/engine_records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

std::string memory_rule_text(MemoryRule rule) {
  switch (rule) {
    case MemoryRule::fraction_of_total:
      return "a fraction of device memory, minus everything else";
    case MemoryRule::static_fraction:
      return "weights and KV are a fraction of the memory free before loading";
    case MemoryRule::fraction_of_free:
      return "a fraction of what is free after weights and activations";
    case MemoryRule::whole_device:
      return "the cache is allocated up front; all memory counts";
  }
  return {};
}

std::string pool_rule_text(PoolRule rule) {
  switch (rule) {
    case PoolRule::grouped_pages:
      return "layers in groups of equal size, one pool of equal pages";
    case PoolRule::separate_pools:
      return "one pool per kind of layer";
    case PoolRule::padded_cells:
      return "cells padded to 256; a window cache holds window + micro-batch";
  }
  return {};
}

std::string utilization_text(double fraction) {
  return fraction == 0 ? "automatic" : fmt::format("{}", fraction);
}

std::string bytes_text(Bytes bytes) {
  return bytes == Bytes{} ? std::string{} : format_bytes(bytes);
}

std::string graphs_text(const Engine& e) {
  return e.graph_per_layer > Bytes{} ? format_bytes(e.graph_per_layer) + " of each captured size and layer"
                                     : bytes_text(e.graphs);
}

}  // namespace

RecordTable engine_records(const std::vector<Engine>& engines) {
  RecordTable table{.fields = {{"engine", "engine", false},
                               {"name", "name", false},
                               {"version", "version", false},
                               {"memory_utilization", "utilization"},
                               {"block_tokens", "block"},
                               {"max_batched_tokens", "batched tokens", true, true},
                               {"max_sequences", "sequences", true, true},
                               {"context_bytes", ""},
                               {"collectives_bytes", ""},
                               {"graphs_bytes", ""}}};
  for (const auto& e : engines)
    table.records.push_back({text_cell(e.id), text_cell(e.name), text_cell(e.version),
                             e.memory_utilization == 0
                                 ? RecordTable::Cell{.shown = "auto"}
                                 : number_cell(e.memory_utilization, utilization_text(e.memory_utilization)),
                             number_cell(e.block_tokens, with_thousands(e.block_tokens)),
                             number_cell(e.max_batched_tokens, with_thousands(e.max_batched_tokens)),
                             number_cell(e.max_sequences, with_thousands(e.max_sequences)),
                             number_cell(e.context.in(units::byte), format_bytes(e.context)),
                             number_cell(e.collectives.in(units::byte), format_bytes(e.collectives)),
                             number_cell(e.graphs.in(units::byte), format_bytes(e.graphs))});
  return table;
}

Facts engine_facts(const Engine& e) {
  Facts facts{.title = fmt::format("{} {} ({})", e.name, e.version, e.id)};
  facts.lines = {{"also known as", fmt::format("{}", fmt::join(e.aliases, ", "))},
                 {"memory for KV", memory_rule_text(e.memory_rule)},
                 {"mixed layers", pool_rule_text(e.pool_rule)},
                 {"memory utilization", utilization_text(e.memory_utilization)},
                 {"block", fmt::format("{} tokens", e.block_tokens)},
                 {"batched tokens", fmt::format("{} a step at most", with_thousands(e.max_batched_tokens))},
                 {"sequences", fmt::format("{} at once by default", with_thousands(e.max_sequences))},
                 {"context overhead", bytes_text(e.context)},
                 {"collectives", bytes_text(e.collectives)},
                 {"captured graphs", graphs_text(e)}};
  for (const auto& rule : e.batch_rules)
    facts.lines.emplace_back(fmt::format("  on {}", rule.name),
                             fmt::format("{} tokens, {} sequences{}", with_thousands(rule.max_batched_tokens),
                                         with_thousands(rule.max_sequences), rule.per_rank ? " per rank" : ""));
  return facts;
}

std::vector<std::string> search_texts(const Engine& engine) {
  std::vector<std::string> texts{engine.id, engine.name, engine.version};
  texts.insert(texts.end(), engine.aliases.begin(), engine.aliases.end());
  return texts;
}

}  // namespace roofcast::cli
