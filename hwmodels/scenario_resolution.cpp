#include "hwmodels/scenario_resolution.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/weights.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/document_reader.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/request_terms.hpp"
#include "hwmodels/serving_profile.hpp"

namespace roofcast {
namespace {

/// gpus: dp = gpus / (tp x pp), which must be whole and must not contradict dp.
Deployment deployment(DocumentReader& reader, const ScenarioDocument& document) {
  Deployment d{.tp = reader.whole(&ScenarioDocument::tp).value_or(1),
               .pp = reader.whole(&ScenarioDocument::pp).value_or(1),
               .ep = reader.whole(&ScenarioDocument::ep).value_or(1),
               .dp = reader.whole(&ScenarioDocument::dp).value_or(1),
               .dcp = reader.whole(&ScenarioDocument::dcp).value_or(1)};
  const auto gpus = reader.whole(&ScenarioDocument::gpus);
  if (!gpus) return d;
  if (*gpus % d.replica_gpus() != 0)
    reader.add_usage_error("--gpus", fmt::format("{} is not a multiple of tp x pp = {}", *gpus, d.replica_gpus()),
                           "every replica takes tp x pp devices");
  else if (document.dp && *gpus != d.gpus())
    reader.add_usage_error("--gpus", fmt::format("{} is not tp x pp x dp = {}", *gpus, d.gpus()), "leave --dp out");
  else
    d.dp = static_cast<int>(*gpus / d.replica_gpus());
  return d;
}

void read_workload(DocumentReader& reader, Workload& w) {
  w.context = reader.amount(&ScenarioDocument::context);
  read_requests(reader, w);
  w.batch = reader.whole(&ScenarioDocument::batch);
}

void read_price(DocumentReader& reader, ScenarioTerms& terms) {
  const auto said = reader.text(&ScenarioDocument::price);
  if (said && names_price_file(*said))
    terms.prices = reader.take(load_prices(*said)).value_or(std::vector<DevicePrice>{});
  else
    terms.base.price_usd_hour = reader.amount(&ScenarioDocument::price);
}

void read_common(DocumentReader& reader, ScenarioTerms& terms) {
  Scenario& base = terms.base;
  base.memory_utilization = reader.amount(&ScenarioDocument::memory_utilization);
  base.block_tokens = reader.whole(&ScenarioDocument::block_size);
  base.max_batched_tokens = reader.whole(&ScenarioDocument::max_batched_tokens);
  base.workload.tpot_slo = reader.time(&ScenarioDocument::tpot);
  base.workload.ttft_slo = reader.time(&ScenarioDocument::ttft);
  read_price(reader, terms);
  terms.memory = reader.bytes(&ScenarioDocument::memory);
  read_routing(reader, base.routing);
  read_overlap(reader, base.overlap);
}

void read_engine(DocumentReader& reader, const PresetRoots& roots, ScenarioTerms& terms) {
  auto engine =
      reader.take(find_engine(roots, reader.text(&ScenarioDocument::engine).value_or(std::string(kDefaultEngine))));
  const auto calibration = reader.text(&ScenarioDocument::calibration).value_or("auto");
  terms.roofs_alone = calibration == "none";
  if (engine) terms.base.engine = reader.take(calibrated(std::move(*engine), calibration)).value_or(Engine{});
}

}  // namespace

Result<ScenarioTerms> common_terms(const ScenarioDocument& document) {
  DocumentReader reader{document};
  ScenarioTerms terms;
  read_common(reader, terms);
  if (!reader.errors().empty()) return std::unexpected(reader.errors());
  return terms;
}

Result<ScenarioTerms> scenario_terms(const ScenarioDocument& document, const PresetRoots& roots) {
  DocumentReader reader{document};
  ScenarioTerms terms;
  read_engine(reader, roots, terms);
  terms.base.deployment = deployment(reader, document);
  read_cooperation(reader, terms.base.deployment);
  read_speculation(reader, roots, terms.base.speculation);
  read_workload(reader, terms.base.workload);
  read_common(reader, terms);
  terms.kv = find_kv_format(reader.text(&ScenarioDocument::kv_dtype).value_or(""));  // "auto" is no format's name
  terms.weights = find_weight_format(reader.text(&ScenarioDocument::weight_dtype).value_or(""));
  if (!reader.errors().empty()) return std::unexpected(reader.errors());
  return terms;
}

Result<Scenario> resolved(const ScenarioDocument& document, const PresetRoots& roots) {
  DocumentReader reader{document};
  const auto terms = reader.take(scenario_terms(document, roots));
  std::optional<ModelSpec> model;
  std::optional<Device> device;
  if (!document.model) reader.add_usage_error("MODEL", "missing", "e.g. llama-3.1-8b");
  if (const auto word = reader.text(&ScenarioDocument::model)) model = reader.take(named_model(roots, *word));
  if (!document.hardware) reader.add_usage_error("--hardware", "missing", "e.g. --hardware h100-sxm");
  if (const auto word = reader.text(&ScenarioDocument::hardware)) device = reader.take(named_device(roots, *word));
  const auto attention = reader.take(attention_choice(document.attention.value_or(std::string(kOwnAttention))));
  if (terms && device) reader.add(overlooked_prices({*device}, terms->prices, roots));
  if (!reader.errors().empty()) return std::unexpected(reader.errors());
  return scenario_of(*terms, std::move(*model), std::move(*device), *attention);
}

Result<Scenario> scenario_of(const ScenarioTerms& terms, ModelSpec model, Device device,
                             const std::optional<AttentionOverride>& attention) {
  auto changed =
      is_own(model, attention) ? Result<ModelSpec>{std::move(model)} : with_attention(std::move(model), *attention);
  if (!changed) return std::unexpected(std::move(changed.error()));
  Scenario s = terms.base;
  s.model = terms.weights ? with_weight_format(std::move(*changed), *terms.weights) : std::move(*changed);
  s.kv = terms.kv.value_or(model_kv_format(s.model));
  s.device = with_memory(std::move(device), terms.memory);
  if (terms.prices.empty()) return s;
  const auto listed = listed_price(s.device, terms.prices);
  if (!listed) return std::unexpected(listed.error());
  s.price_usd_hour = *listed;
  return s;
}

Result<std::vector<Device>> priced(std::vector<Device> devices, const ScenarioTerms& terms, const PresetRoots& roots) {
  if (auto errors = overlooked_prices(devices, terms.prices, roots); !errors.empty())
    return std::unexpected(std::move(errors));
  return with_prices(std::move(devices), terms.prices);
}

LayoutSaid layout_said(const ScenarioDocument& document) {
  return {.as_gpus = document.gpus.has_value(),
          .attention_groups = attention_groups(document),
          .ep = document.ep.has_value()};
}

Result<Engine> calibrated(Engine engine, const std::string& calibration) {
  if (calibration == "auto") return engine;
  engine.serving.clear();
  if (calibration == "none") return engine;
  auto fit = load_serving(calibration);
  if (!fit) return std::unexpected(std::move(fit.error()));
  if (fit->engine != engine.id)
    return usage_error("--calibration",
                       fmt::format("'{}' is a fit of {}, not of {}", calibration, fit->engine, engine.id));
  engine.serving.push_back(std::move(*fit));
  return engine;
}

Device with_memory(Device device, const std::optional<Bytes>& memory) {
  if (!memory) return device;
  device.memory = memory;
  device.memory_source = MemorySource::given;
  return device;
}

Result<std::optional<AttentionOverride>> attention_choice(std::string_view word) {
  if (word == kOwnAttention) return std::nullopt;
  if (word.contains(','))
    return usage_error("--attention", fmt::format("'{}': expected one variant", word),
                       "roofcast compare puts several side by side");
  const auto parsed = parse_attention_override(word);
  if (!parsed) return std::unexpected(parsed.error());
  return *parsed;
}

bool is_own(const ModelSpec& model, const std::optional<AttentionOverride>& attention) {
  return !attention || attention_text(*attention) == attention_label(model);
}

}  // namespace roofcast
