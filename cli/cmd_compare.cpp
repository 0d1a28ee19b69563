#include <algorithm>
#include <ostream>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/comparison_report.hpp"
#include "cli/error_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/format_list.hpp"
#include "cli/scenario_chart_option.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/scenario_options.hpp"
#include "core/comparison.hpp"
#include "core/csv.hpp"
#include "core/sweep_columns.hpp"
#include "core/weights.hpp"
#include "hwmodels/estimate_json.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

/// What is put side by side.
struct Axes {
  std::vector<ModelSpec> models{};
  std::vector<Device> devices{};
  std::vector<std::optional<AttentionOverride>> attentions{};
  std::vector<std::optional<WeightFormat>> weights{};
  std::vector<std::optional<KvFormat>> kv{};
};

/// A column twice says nothing.
void refuse_twice(OptionReader& reader, const std::string& where, std::vector<std::string> words) {
  std::ranges::sort(words);
  const auto twice = std::ranges::adjacent_find(words);
  if (twice != words.end()) reader.add_usage_error(where, fmt::format("'{}' is given twice", *twice));
}

Axes axes(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots) {
  Axes a;
  refuse_twice(reader, "MODEL", options.words("MODEL"));
  for (const char* list : {"hardware", "attention", "weight-dtype", "kv-dtype"})
    refuse_twice(reader, fmt::format("--{}", list), reader.words(list));
  for (const auto& word : options.words("MODEL"))
    if (auto model = reader.take(named_model(roots, word))) a.models.push_back(std::move(*model));
  if (!options.given("hardware")) reader.add_usage_error("--hardware", "missing", "e.g. --hardware h100-sxm");
  for (const auto& word : reader.words("hardware"))
    if (auto device = reader.take(named_device(roots, word))) a.devices.push_back(std::move(*device));
  a.attentions = attention_choices(reader);
  a.weights = format_list(reader, "weight-dtype", weight_formats(), find_weight_format);
  a.kv = format_list(reader, "kv-dtype", kv_formats(), find_kv_format);
  return a;
}

/// The names that set this column apart from others.
std::string label(const Axes& a, const ModelSpec& model, const Device& device,
                  const std::optional<AttentionOverride>& attention, const ScenarioTerms& terms) {
  std::vector<std::string> words;
  if (a.models.size() > 1) words.push_back(model.name);
  if (a.devices.size() > 1) words.push_back(device.name);
  if (a.attentions.size() > 1) words.push_back(attention ? attention_text(*attention) : attention_label(model));
  if (a.weights.size() > 1)
    words.push_back(weight_label(terms.weights ? with_weight_format(model, *terms.weights) : model) + " weights");
  if (a.kv.size() > 1) words.push_back(terms.kv.value_or(model_kv_format(model)).name + " KV");
  if (words.empty()) words.push_back(model.name);
  return fmt::format("{}", fmt::join(words, " "));
}

/// Columns as they are asked for, and each one without its override: what a row of CSV says of a column
/// that cannot be.
struct Request {
  std::vector<Candidate> candidates{};
  std::vector<Scenario> plain{};
};

/// The formats of every column: of weights, and for each of them of the cache.
std::vector<ScenarioTerms> terms_of_formats(const Axes& a, const ScenarioTerms& common) {
  std::vector<ScenarioTerms> all;
  for (const auto& weights : a.weights)
    for (const auto& kv : a.kv) {
      all.push_back(common);
      all.back().weights = weights;
      all.back().kv = kv;
    }
  return all;
}

/// A format that a model has already is no second column.
Request request(const Axes& a, const std::vector<ScenarioTerms>& formats) {
  Request r;
  for (const auto& model : a.models)
    for (const auto& device : a.devices)
      for (const auto& attention : a.attentions)
        for (const auto& terms : formats) {
          auto name = label(a, model, device, attention, terms);
          if (formats.size() > 1 && std::ranges::find(r.candidates, name, &Candidate::label) != r.candidates.end())
            continue;
          r.candidates.push_back({.label = std::move(name),
                                  .own = a.attentions.size() > 1 && is_own(model, attention),
                                  .attention = is_own(model, attention) ? std::nullopt : attention,
                                  .scenario = scenario_of(terms, model, device, attention)});
          r.plain.push_back(r.candidates.back().scenario ? *r.candidates.back().scenario
                                                         : scenario_of(terms, model, device).value_or(Scenario{}));
        }
  return r;
}

/// A sweep row with the two cells that a comparison adds: the column's label, and which batch it is at.
void append_row(const SweepRow& row, std::string_view label, std::string_view at, std::string& out) {
  append_csv(row, out);
  out.pop_back();  // the line goes on
  for (const auto cell : {label, at}) {
    out += ',';
    append_cell(out, cell);
  }
  out += '\n';
}

void append_row(const Estimate& e, std::size_t point, std::string_view label, std::string_view at, std::string& out) {
  Scenario s = e.scenario;
  if (e.batch >= 1) s.workload.batch = static_cast<int>(e.batch);
  append_row(sweep_row(sweep_config(s), s.workload, point), label, at, out);
}

/// Two sweep rows a column, the common batch and the column's own maximum; one for a column that cannot be.
std::string comparison_csv(const Comparison& c, const std::vector<Scenario>& plain) {
  std::string out = sweep_header();
  out.insert(out.size() - 1, ",column,at");
  std::size_t point = 0;
  for (std::size_t i = 0; i < c.columns.size(); ++i) {
    const ComparisonColumn& column = c.columns[i];
    if (column.at_common) append_row(*column.at_common, point++, column.label, "common", out);
    if (column.at_maximum) append_row(*column.at_maximum, point++, column.label, "maximum", out);
    if (column.problems.empty()) continue;
    SweepConfig config = sweep_config(plain[i]);
    config.unsupported = fmt::format("{} {}", column.problems.front().where, column.problems.front().what);
    append_row(sweep_row(config, plain[i].workload, point++), column.label, "", out);
  }
  return out;
}

}  // namespace

OptionTable compare_table() {
  return {
      .description =
          "Puts attention variants, formats, devices or models side by side under the same load: KV bytes, room for "
          "conversations, speed at a common batch and at each one's own maximum.",
      .arguments = {{.name = "MODEL",
                     .help = "preset names, or paths of a config.json, GGUF or Roofcast JSON",
                     .completion = Completion::model,
                     .repeatable = true}},
      .options = joined({scenario_options(Several::yes), scenario_chart_options(), figure_options()}),
      .examples = {"roofcast compare llama-3.1-8b --hardware h100-sxm --context 32Ki --attention mha,gqa:8,gqa:4,mqa",
                   "roofcast compare llama-3.1-8b --hardware h100-sxm --context 32Ki --kv-dtype auto,fp8",
                   "roofcast compare llama-3.1-70b --hardware h100-sxm,h200-sxm --tp 8 --isl 8Ki --osl 1Ki"},
      .closing = "Exit code 0: some column holds the batch, or one conversation, and keeps the SLOs; 1: none does."};
}

Exit run_compare(const ParsedOptions& written, Io io) {
  const auto whole = with_scenario(written);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  auto document = scenario_document(options);
  document.weight_dtype = document.kv_dtype = std::nullopt;  // lists here
  const auto terms = reader.take(scenario_terms(document, roots)).value_or(ScenarioTerms{});
  reader.add_notes(scenario_notes(document));
  const Axes a = axes(reader, options, roots);
  reader.add(overlooked_prices(a.devices, terms.prices, roots));
  if (terms.base.workload.requests_s)
    reader.add_usage_error("--rps", "columns are compared at a common batch", "estimate and sweep take --rps");
  const auto chart = chart_target(reader, options, "chart");
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.print_notes(io);

  const Request r = request(a, terms_of_formats(a, terms));
  const auto c = compare(r.candidates);
  if (!c) return report(placed(c.error(), options), io);
  if (format == FigureFormat::json)
    io.out << comparison_json(*c);
  else if (format == FigureFormat::csv)
    io.out << comparison_csv(*c, r.plain);
  else
    io.out << comparison_report(*c, io.terminal);
  if (chart)
    if (const Exit drawn = write_scenario_chart(r.candidates, *chart, options, io); drawn != Exit::ok) return drawn;
  return any_serves(*c) ? Exit::ok : Exit::no;
}

}  // namespace roofcast::cli
