// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "core/cache.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/chart/scenario_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_names.hpp"
#include "core/quantity_text.hpp"
#include "core/verdict.hpp"
#include "gui/scenario_names.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_resolution.hpp"
#include "hwmodels/sweep_records.hpp"

namespace roofcast::gui {
namespace {

using Scenarios = std::vector<Result<Scenario>>;

std::vector<ScenarioDocument> documents(const SessionState& state) {
  std::vector<ScenarioDocument> all{state.document};
  all.insert(all.end(), state.pins.begin(), state.pins.end());
  return all;
}

std::vector<Candidate> candidates(const Scenarios& scenarios, const std::vector<std::string>& names) {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < scenarios.size(); ++i) out.push_back({.label = names[i], .scenario = scenarios[i]});
  return out;
}

std::vector<SweepRecord> records(const ResultRows& rows) {
  const auto file = parse_csv(rows.csv, "results");
  return file ? sweep_records(*file).value_or(std::vector<SweepRecord>{}) : std::vector<SweepRecord>{};
}

/// Every scenario over its layouts in its own colour; a scenario alone has a colour for each layout. Those of the same
/// model and length compete for the frontier.
Figure pareto(const Scenarios& scenarios, const Answer& a) {
  const ChartSlos slos{.tpot = scenarios.front()->workload.tpot_slo, .ttft = scenarios.front()->workload.ttft_slo};
  std::vector<ParetoPoint> points;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    std::vector<SweepRecord> own;
    for (std::size_t r = 0; r < std::min(a.records.size(), a.rows.points.size()); ++r)
      if (a.rows.points[r].scenario == i) own.push_back(a.records[r]);
    for (auto& p : pareto_points(own, slos)) {
      if (scenarios.size() > 1) {
        p.variant = a.names[i];
        p.style = static_cast<int>(i);
      }
      p.load = scenarios[i]->model.name + ", " + length_text(scenarios[i]->workload);
      points.push_back(std::move(p));
    }
  }
  auto subject = SweepNames(a.records).subject();
  subject.tpot_slo = slos.tpot;
  return pareto_figure(points, subject);
}

Result<Figure> memory(Scenarios scenarios, const std::vector<std::string>& names, std::optional<double> context) {
  for (auto& s : scenarios) {
    if (!s || !context) continue;
    s->workload = {.context = *context, .batch = s->workload.batch};
  }
  return scenario_figure(ScenarioChart::memory, candidates(scenarios, names));
}

/// The operators of the edited scenario alone: at one sequence and at its batch, and of a prompt.
Result<std::vector<RooflineRow>> operators(const Scenario& s, const Answer& a) {
  constexpr std::array kPhases{Phase::decode, Phase::prefill};
  std::vector<double> batches{1.0};
  if (a.estimate && a.estimate->batch > 1) batches.push_back(a.estimate->batch);
  return roofline_rows(s, kPhases, batches);
}

/// With measured kernels of the device, where some are open.
Figure roofline(const Scenario& s, const Answer& a) {
  auto marks = operator_marks(a.operators);
  if (a.question.measured)
    for (auto& series : measured_marks(*a.question.measured, s.device, next_style(marks)))
      marks.push_back(std::move(series));
  return roofline_figure(std::array{s.device}, std::move(marks), chart_subject(s), certainty(a.operators));
}

Result<Figure> figure(const Question& q, const Scenarios& scenarios, Answer& a) {
  switch (q.chart) {
    case ChartKind::limits:
      return scenario_figure(ScenarioChart::limits, candidates(scenarios, a.names));
    case ChartKind::throughput:
      return scenario_figure(ScenarioChart::throughput, candidates(scenarios, a.names));
    case ChartKind::pareto:
      return pareto(scenarios, a);
    case ChartKind::roofline:
      if (auto rows = operators(*scenarios.front(), a); rows)
        a.operators = std::move(*rows);
      else
        return std::unexpected(rows.error());
      return roofline(*scenarios.front(), a);
    case ChartKind::memory:
      return memory(scenarios, a.names, q.memory_context);
  }
  std::unreachable();
}

/// The model as it is typed, on no device: what a token takes needs no more.
Result<Scenario> model_alone(const ScenarioDocument& d, const PresetRoots& roots) {
  const auto terms = scenario_terms({.kv_dtype = d.kv_dtype}, roots);
  if (!terms) return std::unexpected(terms.error());
  auto model = named_model(roots, d.model.value_or(""));
  if (!model) return std::unexpected(model.error());
  const auto attention = attention_choice(d.attention.value_or(std::string(kOwnAttention)));
  if (!attention) return std::unexpected(attention.error());
  return scenario_of(*terms, std::move(*model), {}, *attention);
}

/// What each variant would store, for the model as it is typed without an override.
std::vector<AttentionChoice> attention_choices(ScenarioDocument document, const PresetRoots& roots) {
  document.attention.reset();
  const auto own = model_alone(document, roots);
  if (!own) return {};
  std::vector<AttentionChoice> out;
  for (const auto* word : {"own", "mha", "gqa:8", "gqa:4", "gqa:2", "mqa", "mla:512+64"}) {
    const auto choice = attention_choice(word);
    auto model = *choice ? with_attention(own->model, **choice) : Result<ModelSpec>{own->model};
    if (!model) continue;
    const auto cache = format_bytes(kv_bytes_per_token(*model, own->kv)) + " per token";
    out.push_back({.word = word, .cache = *choice ? cache : fmt::format("{}, {}", attention_label(*model), cache)});
  }
  return out;
}

void add_estimates(Answer& a, const Scenarios& scenarios, const PresetRoots& roots) {
  auto current =
      scenarios.front() ? estimate(*scenarios.front()) : Result<Estimate>{std::unexpected(scenarios.front().error())};
  if (current)
    a.estimate = std::move(*current);
  else
    a.errors = current.error();
  if (!a.question.selection) return;
  const auto scenario = resolved(selected_document(a.question.state, *a.question.selection), roots);
  auto selected = scenario ? estimate(*scenario) : Result<Estimate>{std::unexpected(scenario.error())};
  if (selected)
    a.selected = std::move(*selected);
  else
    a.selection_errors = selected.error();
}

}  // namespace

Answer answered(Question question, const PresetRoots& roots) {
  const auto begin = std::chrono::steady_clock::now();
  Answer a{.question = std::move(question)};
  const auto all = documents(a.question.state);
  Scenarios scenarios;
  for (const auto& d : all) scenarios.push_back(resolved(d, roots));
  for (const auto& s : scenarios) a.replicas.push_back(s ? s->deployment.dp : 0);
  a.names = scenario_names(all, scenarios);
  add_estimates(a, scenarios, roots);
  a.notes = scenario_notes(a.question.state.document);
  if (const auto model = model_alone(a.question.state.document, roots))
    a.kv_per_token = kv_bytes_per_token(model->model, model->kv);
  a.attentions = attention_choices(a.question.state.document, roots);
  a.rows = a.question.chart == ChartKind::pareto ? layout_rows(scenarios) : batch_rows(scenarios);
  a.records = records(a.rows);
  a.figure = a.errors.empty() ? figure(a.question, scenarios, a) : Result<Figure>{std::unexpected(a.errors)};
  a.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return a;
}

}  // namespace roofcast::gui
