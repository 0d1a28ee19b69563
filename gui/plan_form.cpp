// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/plan_form.hpp"

#include <utility>

#include "core/bounded_literal.hpp"
#include "core/value_grammar.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::gui {
namespace {

constexpr double kMostDemand = 1e9, kMostHeadroom = 10;

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

}  // namespace

Result<PlanRequest> plan_request(const PlanForm& form, const ScenarioDocument& document, const PresetRoots& roots) {
  FormReader reader;
  const bool users = form.kind == Demand::Kind::users;
  const char* amount = users ? "--users" : "--rps";
  auto terms = reader.take(scenario_terms(document, roots));
  PlanRequest r{.base = std::move(terms.base)};
  r.base.workload.batch.reset();
  if (!document.model) reader.add("MODEL", "missing", "e.g. llama-3.1-8b");
  if (document.model) r.base.model = reader.take(named_model(roots, *document.model));
  const auto devices = form.hardware.empty() ? document.hardware.value_or("") : form.hardware;
  if (devices.empty()) reader.add("--hardware", "missing", "e.g. h100-sxm,h200-sxm");
  if (!devices.empty())
    for (const auto& word : reader.take(parse_words("--hardware", devices)))
      r.devices.push_back(with_memory(reader.take(named_device(roots, word)), terms.memory));
  if (!document.isl) reader.add("--isl", "missing", "a plan needs the length of prompts, e.g. 2Ki");
  if (!document.osl) reader.add("--osl", "missing", "a plan needs the length of answers, e.g. 512");
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
