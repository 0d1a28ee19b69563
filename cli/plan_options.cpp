#include "cli/plan_options.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/format_list.hpp"
#include "cli/scenario_options.hpp"
#include "core/attention_override.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

constexpr double kMostSpares = 1000;

/// One variant, as for one scenario.
Option one_attention() {
  auto all = scenario_options(Several::no);
  return *std::ranges::find(all, "attention", &Option::name);
}

/// What means the same as for one scenario; layouts and batch are searched instead.
std::vector<Option> shared_options() {
  constexpr std::array<std::string_view, 21> kShared{
      "hardware",    "isl",           "osl",           "tpot",        "ttft",
      "engine",      "block-size",    "memory",        "calibration", "memory-utilization",
      "attention",   "isl-histogram", "osl-histogram", "prefix-hit",  "max-batched-tokens",
      "draft-model", "draft-tokens",  "acceptance",    "scenario",    "expert-imbalance",
      "overlap"};
  auto all = scenario_options(Several::yes);
  std::erase_if(all, [&](const Option& o) { return std::ranges::find(kShared, o.name) == kShared.end(); });
  for (auto& o : all) {
    if (o.name == "hardware") o.help = "devices to choose from: preset names or Roofcast JSON files";
    if (o.name == "isl") o.help = "prompt length, or a law: lognormal:mean=TOKENS,sigma=S";
    if (o.name == "attention") o = one_attention();
    if (o.group == "Deployment") o.group = "Search";
  }
  return all;
}

std::vector<Option> demand_options() {
  return {{.name = "rps", .placeholder = "R", .help = "requests per second to serve", .group = "Demand"},
          {.name = "users",
           .placeholder = "U",
           .help = "users to serve, each with one request under way, instead of --rps",
           .group = "Demand"},
          {.name = "headroom",
           .placeholder = "SHARE",
           .help = "plan for so much more, e.g. 20%",
           .default_text = "0%",
           .group = "Demand"},
          {.name = "n-plus",
           .placeholder = "N",
           .help = "replicas that may fail: so many more are planned",
           .default_text = "0",
           .group = "Demand"},
          {.name = "percentile",
           .placeholder = "pNN",
           .help = "share of requests that keep the SLOs with Poisson arrivals, e.g. p90; left out: the mean does",
           .group = "Demand"}};
}

std::vector<Option> search_options() {
  return {{.name = "max-gpus", .placeholder = "N", .help = "devices that there may be", .group = "Search"},
          {.name = "weight-dtype",
           .placeholder = "TYPES",
           .help = "weight formats to choose from, auto is the checkpoint's",
           .default_text = "auto",
           .group = "Search"},
          {.name = "kv-dtype",
           .placeholder = "TYPES",
           .help = "KV cache formats to choose from, auto is the model's type",
           .default_text = "auto",
           .aliases = {"kv-cache-dtype"},
           .group = "Search"},
          {.name = "objective",
           .placeholder = "WHAT",
           .help = "what makes a plan the best",
           .default_text = "cost",
           .choices = {"cost", "gpus", "throughput", "power"},
           .group = "Search"},
          {.name = "price",
           .placeholder = "USD|FILE",
           .help = "of every device per hour, or a CSV or JSON of device prices; left out: list prices",
           .completion = Completion::file,
           .group = "Search"},
          {.name = "top", .placeholder = "N", .help = "plans to show", .default_text = "5", .group = "Search"}};
}

Demand demand(OptionReader& reader, const ParsedOptions& options) {
  if (options.given("rps") == options.given("users"))
    reader.add_usage_error("--rps", options.given("rps") ? "excludes --users" : "missing",
                           "give --rps R, or --users U");
  const bool users = options.given("users");
  const auto count = users ? reader.count("users", {.min = 1, .max = kMostDemand}) : std::nullopt;
  const double amount = users ? static_cast<double>(count.value_or(1))
                              : reader.number("rps", {.min = 1e-6, .max = kMostDemand}).value_or(1);
  return {users ? Demand::Kind::users : Demand::Kind::requests, amount};
}

/// "p90", "p99.9", "90%", "90", "0.9".
std::optional<double> percentile(OptionReader& reader, const ParsedOptions& options) {
  if (!options.given("percentile")) return {};
  auto text = options.text("percentile");
  if (text.starts_with('p')) text = text.substr(1);
  if (!text.starts_with("0.") && !text.ends_with('%')) text += "%";
  const auto share = bounded_literal("--percentile", text, ValueKind::fraction, {.min = 0.01, .max = 0.9999});
  if (share) return share->value();
  reader.add_usage_error("--percentile", fmt::format("'{}': expected p1 to p99.99", options.text("percentile")),
                         "e.g. --percentile p90");
  return {};
}

Objective objective(const ParsedOptions& options) {
  const auto word = options.text("objective");  // one of the choices
  for (const Objective o : {Objective::gpus, Objective::throughput, Objective::power})
    if (word == name(o)) return o;
  return Objective::cost;
}

std::vector<Device> devices(OptionReader& reader, const ParsedOptions& options, const std::optional<Bytes>& memory,
                            const PresetRoots& roots) {
  std::vector<Device> list;
  if (!options.given("hardware")) reader.add_usage_error("--hardware", "missing", "e.g. --hardware h100-sxm,h200-sxm");
  for (const auto& word : reader.words("hardware")) {
    auto device = reader.take(named_device(roots, word));
    if (!device) continue;
    if (std::ranges::find(list, hardware_id(*device), hardware_id) != list.end())
      reader.add_usage_error("--hardware", fmt::format("'{}' is given twice", word));
    else
      list.push_back(with_memory(std::move(*device), memory));
  }
  return list;
}

std::optional<ModelSpec> planned_model(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots) {
  auto model = reader.take(named_model(roots, options.word("MODEL")));
  const auto attention = reader.take(attention_choice(options.text("attention")));
  if (!model || !attention || is_own(*model, *attention)) return model;
  return reader.take(with_attention(std::move(*model), **attention));
}

/// What a scenario file decides that is searched or listed here.
void note_what_is_searched(OptionReader& reader, const ParsedOptions& options) {
  std::vector<std::string> keys;
  std::string file;
  for (const auto name : kSearchedScenarioOptions)
    if (const auto it = options.places.find(fmt::format("--{}", name)); it != options.places.end()) {
      const auto cut = it->second.rfind(":/");
      file = it->second.substr(0, cut);
      keys.push_back(it->second.substr(cut + 2));
    }
  if (!keys.empty())
    reader.add_notes({fmt::format("{}: {} left out: layouts and batch are searched", file, fmt::join(keys, ", "))});
}

}  // namespace

std::vector<Option> plan_options() {
  return joined({demand_options(), shared_options(), search_options()});
}

PlanRequest plan_request(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots) {
  ScenarioDocument document = scenario_document(options);
  // What is searched is a list here; the demand is no scenario's.
  document.hardware = document.rps = document.weight_dtype = document.kv_dtype = std::nullopt;
  const auto terms = reader.take(scenario_terms(document, roots)).value_or(ScenarioTerms{});
  PlanRequest r{.base = terms.base};
  if (auto model = planned_model(reader, options, roots)) r.base.model = std::move(*model);
  r.devices = devices(reader, options, terms.memory, roots);
  if (auto devices = reader.take(priced(r.devices, terms, roots))) r.devices = std::move(*devices);
  for (const std::string option : {"isl", "osl"})
    if (!options.given(option) && !options.given(option + "-histogram"))
      reader.add_usage_error(fmt::format("--{}", option), "missing", "tokens, e.g. 2Ki");
  r.weights = format_list(reader, "weight-dtype", weight_formats(), find_weight_format);
  r.kv = format_list(reader, "kv-dtype", kv_formats(), find_kv_format);
  r.demand = demand(reader, options);
  r.headroom = reader.fraction("headroom", {.max = kMostHeadroom}).value_or(0);
  r.spares = static_cast<int>(reader.count("n-plus", {.max = kMostSpares}).value_or(0));
  r.percentile = percentile(reader, options);
  r.max_gpus = static_cast<int>(reader.count("max-gpus", {.min = 1, .max = kMostRanks}).value_or(kMostRanks));
  r.objective = objective(options);
  note_what_is_searched(reader, options);
  r.examined = static_cast<int>(reader.count("top", {.min = 1, .max = 1000}).value_or(1));
  return r;
}

}  // namespace roofcast::cli
