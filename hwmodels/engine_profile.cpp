#include "hwmodels/engine_profile.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "hwmodels/device_classes.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/sourced_figure.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::int64_t kMostBatchedTokens = 1 << 20;

constexpr std::array kMemoryRules{
    std::pair<std::string_view, MemoryRule>{"fraction_of_total", MemoryRule::fraction_of_total},
    std::pair<std::string_view, MemoryRule>{"static_fraction", MemoryRule::static_fraction},
    std::pair<std::string_view, MemoryRule>{"fraction_of_free", MemoryRule::fraction_of_free},
    std::pair<std::string_view, MemoryRule>{"whole_device", MemoryRule::whole_device}};
constexpr std::array kPoolRules{std::pair<std::string_view, PoolRule>{"grouped_pages", PoolRule::grouped_pages},
                                std::pair<std::string_view, PoolRule>{"separate_pools", PoolRule::separate_pools},
                                std::pair<std::string_view, PoolRule>{"padded_cells", PoolRule::padded_cells}};

template <class Value, std::size_t N>
std::string_view name_of(Value value, const std::array<std::pair<std::string_view, Value>, N>& table) {
  return std::ranges::find(table, value, &std::pair<std::string_view, Value>::second)->first;
}

/// {"rule": "fraction_of_total", "source": "..."}
template <class Value, std::size_t N>
void read_rule(ObjectReader& root, std::string_view key, const std::array<std::pair<std::string_view, Value>, N>& table,
               Value& rule, std::vector<FigureSource>& sources) {
  root.object(key, [&](ObjectReader& reader) {
    rule = reader.choice<Value>("rule", table);
    sources.push_back({std::string(key), reader.text("source")});
  });
}

/// {"value": ..., "source": "..."} of which `take` reads the value; nothing where the key is left out.
template <class Take>
void read_if_stated(ObjectReader& root, std::string_view key, std::vector<FigureSource>& sources, Take take) {
  if (!root.has(key)) return;
  root.object(key, [&](ObjectReader& figure) {
    take(figure);
    sources.push_back({std::string(key), figure.text("source")});
  });
}

/// {"memory_from": "70 GiB", "name_lacks": "a100", "max_batched_tokens": 8192, "max_sequences": 1024, "source": "..."}
BatchRule batch_rule(const std::string& name, ObjectReader& reader) {
  BatchRule rule{.name = name};
  if (reader.has("class")) rule.device_class = reader.choice<DeviceClass>("class", kDeviceClasses);
  rule.name_has = reader.text_or("name_has", "");
  rule.name_lacks = reader.text_or("name_lacks", "");
  if (reader.has("memory_from")) {
    const auto memory = parse_bytes(reader.text("memory_from"));
    if (memory)
      rule.memory_from = *memory;
    else
      reader.add("memory_from", memory.error().front().what, memory.error().front().hint);
  }
  rule.per_rank = reader.flag_or("per_rank", false);
  rule.max_batched_tokens = static_cast<int>(reader.integer("max_batched_tokens", 1, kMostBatchedTokens));
  rule.max_sequences = static_cast<int>(reader.integer("max_sequences", 1, kMostBatchedTokens));
  rule.source = reader.text("source");
  return rule;
}

Json batch_rule_json(const BatchRule& rule) {
  Json out = Json::object();
  if (rule.device_class) out["class"] = name_of(*rule.device_class, kDeviceClasses);
  if (!rule.name_has.empty()) out["name_has"] = rule.name_has;
  if (!rule.name_lacks.empty()) out["name_lacks"] = rule.name_lacks;
  if (rule.memory_from > Bytes{}) out["memory_from"] = exact_text(rule.memory_from);
  if (rule.per_rank) out["per_rank"] = true;
  out["max_batched_tokens"] = rule.max_batched_tokens;
  out["max_sequences"] = rule.max_sequences;
  out["source"] = rule.source;
  return out;
}

void read_engine(ObjectReader& root, Engine& e) {
  const auto tokens = [&](std::string_view key) {
    return static_cast<int>(root.sourced_integer(key, 1, kMostBatchedTokens, e.sources));
  };
  if (!read_profile_header(root, "roofcast/engine/1", e)) return;
  e.version = root.text("version");
  read_if_stated(root, "vendors", e.sources, [&](ObjectReader& figure) { e.vendors = figure.texts("value"); });
  read_if_stated(root, "two_batch_overlap", e.sources,
                 [&](ObjectReader& figure) { e.two_batch = figure.flag("value"); });
  read_rule(root, "memory_rule", kMemoryRules, e.memory_rule, e.sources);
  read_rule(root, "pool_rule", kPoolRules, e.pool_rule, e.sources);
  e.memory_utilization = root.sourced_number("memory_utilization", 0, 1, e.sources);
  e.block_tokens = tokens("block_tokens");
  e.max_batched_tokens = tokens("max_batched_tokens");
  e.max_sequences = tokens("max_sequences");
  if (root.has("batch_rules"))
    root.each_object("batch_rules", [&](const std::string& name, ObjectReader& rule) {
      e.batch_rules.push_back(batch_rule(name, rule));
    });
  e.context = root.sourced("context", parse_bytes, e.sources);
  e.collectives = root.sourced("collectives", parse_bytes, e.sources);
  e.graphs = root.sourced("graphs", parse_bytes, e.sources);
  if (root.has("graph_per_layer")) e.graph_per_layer = root.sourced("graph_per_layer", parse_bytes, e.sources);
  if (root.has("sampling_bytes")) e.sampling_bytes = root.sourced_number("sampling_bytes", 2, 64, e.sources);
  if (root.has("latent_workspace_rows")) e.latent_workspace_rows = tokens("latent_workspace_rows");
  e.notes = root.texts("notes");
}

Json rule_json(std::string_view rule, std::string_view figure, const Engine& e) {
  Json out = sourced_figure(rule, figure, e.sources);
  return {{"rule", out["value"]}, {"source", out["source"]}};
}

}  // namespace

Result<Engine> parse_engine(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  Engine engine;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_engine(root, engine); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return engine;
}

Result<Engine> load_engine(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_engine(*text, file.string());
}

std::string engine_json(const Engine& e) {
  const auto figure = [&](Json value, std::string_view key) {
    return sourced_figure(std::move(value), key, e.sources);
  };
  Json out = profile_header_json("roofcast/engine/1", e);
  out["version"] = e.version;
  if (!e.vendors.empty()) out["vendors"] = figure(Json(e.vendors), "vendors");
  if (e.two_batch) out["two_batch_overlap"] = figure(true, "two_batch_overlap");
  out["memory_rule"] = rule_json(name_of(e.memory_rule, kMemoryRules), "memory_rule", e);
  out["pool_rule"] = rule_json(name_of(e.pool_rule, kPoolRules), "pool_rule", e);
  out["memory_utilization"] = figure(json_number(e.memory_utilization), "memory_utilization");
  out["block_tokens"] = figure(e.block_tokens, "block_tokens");
  out["max_batched_tokens"] = figure(e.max_batched_tokens, "max_batched_tokens");
  out["max_sequences"] = figure(e.max_sequences, "max_sequences");
  for (const auto& rule : e.batch_rules) out["batch_rules"][rule.name] = batch_rule_json(rule);
  out["context"] = figure(exact_text(e.context), "context");
  out["collectives"] = figure(exact_text(e.collectives), "collectives");
  out["graphs"] = figure(exact_text(e.graphs), "graphs");
  const auto stated = [&](std::string_view key) {
    return std::ranges::count(e.sources, key, &FigureSource::figure) > 0;
  };
  if (stated("graph_per_layer")) out["graph_per_layer"] = figure(exact_text(e.graph_per_layer), "graph_per_layer");
  if (stated("sampling_bytes")) out["sampling_bytes"] = figure(json_number(e.sampling_bytes), "sampling_bytes");
  if (stated("latent_workspace_rows"))
    out["latent_workspace_rows"] = figure(e.latent_workspace_rows, "latent_workspace_rows");
  if (!e.notes.empty()) out["notes"] = e.notes;
  return json_text(out);
}

}  // namespace roofcast
