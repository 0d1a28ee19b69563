// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/plan_form.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/attention_override.hpp"
#include "core/bounded_literal.hpp"
#include "core/shell_quoted.hpp"
#include "core/value_grammar.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_command.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::gui {
namespace {

/// Takes values, collects what is wrong.
class FormReader {
 public:
  template <class T>
  T take(Result<T> result, T otherwise = {}) {
    if (result) return std::move(*result);
    errors_.insert(errors_.end(), result.error().begin(), result.error().end());
    return otherwise;
  }
  double number(const char* flag, const std::string& text, ValueKind kind, Bounds bounds, double otherwise) {
    if (text.empty()) return otherwise;
    return take(bounded_literal(flag, text, kind, bounds), Literal{}).value();
  }
  void add(const char* where, const char* what, const char* hint) {
    errors_.push_back({where, what, hint, ErrorKind::usage});
  }
  [[nodiscard]] const Errors& errors() const { return errors_; }

 private:
  Errors errors_{};
};

/// What a plan takes of a scenario, as `roofcast plan` does: layouts and batch are searched.
ScenarioDocument shared(const ScenarioDocument& document, const PlanForm& form) {
  ScenarioDocument out;
  for (const auto field : {&ScenarioDocument::model,
                           &ScenarioDocument::hardware,
                           &ScenarioDocument::isl,
                           &ScenarioDocument::osl,
                           &ScenarioDocument::isl_histogram,
                           &ScenarioDocument::osl_histogram,
                           &ScenarioDocument::prefix_hit,
                           &ScenarioDocument::tpot,
                           &ScenarioDocument::ttft,
                           &ScenarioDocument::engine,
                           &ScenarioDocument::block_size,
                           &ScenarioDocument::memory,
                           &ScenarioDocument::calibration,
                           &ScenarioDocument::attention,
                           &ScenarioDocument::memory_utilization,
                           &ScenarioDocument::kv_dtype,
                           &ScenarioDocument::max_batched_tokens,
                           &ScenarioDocument::draft_model,
                           &ScenarioDocument::draft_tokens,
                           &ScenarioDocument::acceptance,
                           &ScenarioDocument::weight_dtype,
                           &ScenarioDocument::expert_imbalance,
                           &ScenarioDocument::overlap,
                           &ScenarioDocument::price})
    out.*field = document.*field;
  if (!form.hardware.empty()) out.hardware = form.hardware;
  return out;
}

/// The variant that is typed, where the model is not of it.
ModelSpec changed_model(FormReader& reader, ModelSpec model, const ScenarioText& attention) {
  const auto choice = reader.take(attention_choice(attention.value_or(std::string(kOwnAttention))));
  if (!reader.errors().empty() || is_own(model, choice)) return model;
  return reader.take(with_attention(std::move(model), *choice));
}

}  // namespace

std::string plan_command(const PlanForm& form, const ScenarioDocument& document) {
  std::string line = command_line(shared(document, form), "plan");
  const auto add = [&line](const char* flag, const std::string& text) {
    if (!text.empty()) line += fmt::format(" {} {}", flag, shell_quoted(text));
  };
  add(form.kind == Demand::Kind::users ? "--users" : "--rps", form.amount);
  add("--headroom", form.headroom);
  add("--max-gpus", form.max_gpus);
  if (form.objective != Objective::cost) add("--objective", std::string(name(form.objective)));
  return line;
}

Result<PlanRequest> plan_request(const PlanForm& form, const ScenarioDocument& typed, const PresetRoots& roots) {
  const ScenarioDocument document = shared(typed, form);
  FormReader reader;
  const bool users = form.kind == Demand::Kind::users;
  const char* amount = users ? "--users" : "--rps";
  auto terms = reader.take(scenario_terms(document, roots));
  PlanRequest r{.base = std::move(terms.base)};
  r.base.workload.batch.reset();
  if (!document.model) reader.add("MODEL", "missing", "e.g. llama-3.1-8b");
  if (document.model)
    r.base.model = changed_model(reader, reader.take(named_model(roots, *document.model)), document.attention);
  const auto devices = document.hardware.value_or("");
  if (devices.empty()) reader.add("--hardware", "missing", "e.g. h100-sxm,h200-sxm");
  if (!devices.empty())
    for (const auto& word : reader.take(parse_words("--hardware", devices)))
      r.devices.push_back(with_memory(reader.take(named_device(roots, word)), terms.memory));
  r.devices = reader.take(priced(std::move(r.devices), terms, roots));
  if (!document.isl && !document.isl_histogram)
    reader.add("--isl", "missing", "a plan needs the length of prompts, e.g. 2Ki");
  if (!document.osl && !document.osl_histogram)
    reader.add("--osl", "missing", "a plan needs the length of answers, e.g. 512");
  r.weights = {terms.weights};
  r.kv = {terms.kv};
  if (form.amount.empty()) reader.add(amount, "missing", "how much has to be served?");
  r.demand = {form.kind,
              users ? reader.number(amount, form.amount, ValueKind::count, {.min = 1, .max = kMostDemand}, 1)
                    : reader.number(amount, form.amount, ValueKind::number, {.min = 1e-6, .max = kMostDemand}, 1)};
  r.headroom = reader.number("--headroom", form.headroom, ValueKind::fraction, {.max = kMostHeadroom}, 0);
  r.max_gpus = static_cast<int>(
      reader.number("--max-gpus", form.max_gpus, ValueKind::count, {.min = 1, .max = kMostRanks}, kMostRanks));
  r.objective = form.objective;
  if (!reader.errors().empty()) return std::unexpected(reader.errors());
  if (auto errors = plan_errors(r); !errors.empty()) return std::unexpected(std::move(errors));
  return r;
}

}  // namespace roofcast::gui
