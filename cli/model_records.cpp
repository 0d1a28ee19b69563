#include "cli/model_records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "core/layer_text.hpp"
#include "core/parameters.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"

namespace roofcast::cli {
namespace {

/// 8030261248 -> "8.03 B": billions, as model names count.
std::string parameter_text(double count) {
  const auto shown = [](double value, std::string_view unit) {
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return fmt::format("{:.{}f} {}", value, decimals, unit);
  };
  return count >= 999.5e6 ? shown(count / 1e9, "B") : shown(count / 1e6, "M");
}

/// "gqa, mamba2": the kinds of token mixers as a search may name them, each once.
std::string mixers(const ModelSpec& model) {
  std::vector<std::string> kinds;
  for (const auto& kind : model.kinds) {
    const std::string name{attention_word(kind.attention)};
    if (std::ranges::find(kinds, name) == kinds.end()) kinds.push_back(name);
  }
  return fmt::format("{}", fmt::join(kinds, ", "));
}

RecordTable::Cell whole_cell(double value) {
  return value == 0 ? no_cell() : number_cell(value, with_thousands(value));
}

}  // namespace

RecordTable model_records(const std::vector<ModelSpec>& models) {
  RecordTable table{.fields = {{"model", "model", false},
                               {"name", "", false},
                               {"architecture", "", false},
                               {"parameters", "params"},
                               {"active_parameters", "active", true, true},
                               {"layers", "layers", true, true},
                               {"attention", "attention", false},
                               {"kv_bytes_per_token", "KV B/token"},
                               {"max_context_tokens", "context"},
                               {"weights_bytes", ""},
                               {"dtype", "", false}}};
  for (const auto& model : models) {
    const auto count = parameters(model);
    const Bytes per_token = kv_bytes_per_token(model, model_kv_format(model));
    table.records.push_back(
        {text_cell(model.id), text_cell(model.name), text_cell(model.architecture),
         number_cell(count.total, parameter_text(count.total)), number_cell(count.active, parameter_text(count.active)),
         whole_cell(model.layer_count()), text_cell(attention_label(model)),
         number_cell(per_token.in(units::byte), with_thousands(per_token.in(units::byte))),
         whole_cell(model.max_context),
         number_cell(weight_bytes(model).in(units::byte), format_bytes(weight_bytes(model))), text_cell(model.dtype)});
  }
  return table;
}

Facts model_facts(const ModelSpec& model) {
  const auto count = parameters(model);
  Facts facts{.title = fmt::format("{} ({})", model.name, model.id)};
  const auto add = [&](std::string label, std::string value) {
    facts.lines.emplace_back(std::move(label), std::move(value));
  };
  add("also known as", fmt::format("{}", fmt::join(model.aliases, ", ")));
  add("architecture", model.architecture);
  add("layers", fmt::format("{}", model.layer_count()));
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t k = 0; k < model.kinds.size(); ++k)
    add(fmt::format("  {} x {}", counts[k], model.kinds[k].name),
        fmt::format("{}; {}", described(model.kinds[k].attention), described(model.kinds[k].ffn)));
  add("hidden width", with_thousands(model.hidden));
  add("vocabulary", fmt::format("{}{}", with_thousands(model.vocab), model.tied_embeddings ? ", embeddings tied" : ""));
  add("context", model.max_context == 0 ? "not stated" : fmt::format("{} tokens", with_thousands(model.max_context)));
  add("parameters", fmt::format("{} ({}), active {}", with_thousands(count.total), parameter_text(count.total),
                                parameter_text(count.active)));
  add("published", model.published.total_params == 0
                       ? ""
                       : fmt::format("{} ({})", with_thousands(model.published.total_params), model.published.basis));
  add("weights", fmt::format("{} in {} [{}]", format_bytes(weight_bytes(model)), weight_label(model),
                             weight_bytes_are_exact(model) ? "exact" : "estimated"));
  const KvFormat kv = model_kv_format(model);
  add("KV per token",
      fmt::format("{} B at {} [exact]", with_thousands(kv_bytes_per_token(model, kv).in(units::byte)), kv.name));
  const Bytes state = state_bytes_per_sequence(model);
  add("state per sequence", state == Bytes{} ? "" : fmt::format("{} B [exact]", with_thousands(state.in(units::byte))));
  return facts;
}

std::vector<std::string> search_texts(const ModelSpec& model) {
  std::vector<std::string> texts{model.id, model.name, model.architecture, mixers(model), attention_label(model)};
  texts.insert(texts.end(), model.aliases.begin(), model.aliases.end());
  return texts;
}

}  // namespace roofcast::cli
