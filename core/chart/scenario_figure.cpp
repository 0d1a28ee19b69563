#include "core/chart/scenario_figure.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/chart/limits_figure.hpp"
#include "core/chart/memory_figure.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/verdict.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

std::string problem_text(const Errors& errors) {
  return fmt::format("{} {}", errors.front().where, errors.front().what);
}

/// What all scenarios have in common, or the first.
ChartSubject common_subject(const std::vector<const Scenario*>& scenarios) {
  const Scenario& first = *scenarios.front();
  const auto same = [&](auto of) {
    return std::ranges::all_of(scenarios, [&](const Scenario* s) { return of(*s) == of(first); });
  };
  auto subject = chart_subject(first);
  const bool model = same([](const Scenario& s) { return s.model.name; });
  const bool device = same([](const Scenario& s) { return s.device.id; });
  subject.title = fmt::format("{} on {}", model ? first.model.name : "Models side by side",
                              device ? deployment_text(first) : "several devices");
  const bool attention = same([](const Scenario& s) { return attention_label(s.model); });
  const auto formats = fmt::format("{} weights, {} cache", weight_label(first.model), first.kv.name);
  subject.subtitle = fmt::format("{}{}{}, {}", length_text(first.workload),
                                 attention ? ", " + attention_label(first.model) : std::string{},
                                 model ? ", " + formats : std::string{}, first.engine.name);
  return subject;
}

/// Curves of one kind, in the order of the candidates: their numbers are those of their colours.
template <class Curve, class CurveOf>
std::vector<Curve> curves(const std::vector<Candidate>& candidates, CurveOf curve_of) {
  std::vector<Curve> out;
  for (const auto& c : candidates) {
    auto curve = c.scenario ? curve_of(*c.scenario) : Result<Curve>{std::unexpected(c.scenario.error())};
    out.push_back(curve ? std::move(*curve) : Curve{.problem = problem_text(curve.error())});
    out.back().name = c.label;
    out.back().style = static_cast<int>(out.size()) - 1;
  }
  return out;
}

Figure memory_of(const std::vector<Candidate>& candidates, const ChartSubject& subject) {
  std::vector<MemoryBar> bars;
  std::vector<std::string> problems;
  for (const auto& c : candidates) {
    const auto e = c.scenario ? estimate(*c.scenario) : Result<Estimate>{std::unexpected(c.scenario.error())};
    if (e)
      bars.push_back(memory_bar(fmt::format("{}, batch {:g}", c.label, e->batch), *e));
    else
      problems.push_back(fmt::format("{}: {}", c.label, problem_text(e.error())));
  }
  Figure f = memory_figure(bars, subject);
  f.footnotes.insert(f.footnotes.end(), problems.begin(), problems.end());
  return f;
}

Result<Figure> roofline_of(const Scenario& s, const ChartSubject& subject) {
  const auto e = estimate(s);
  if (!e) return std::unexpected(e.error());
  const std::array phases{Phase::decode, Phase::prefill};
  const std::array batches{std::max(1.0, e->batch)};
  const auto rows = roofline_rows(s, phases, batches);
  if (!rows) return std::unexpected(rows.error());
  return roofline_figure(std::array{s.device}, operator_marks(*rows), subject, certainty(*rows));
}

}  // namespace

ChartSubject chart_subject(const Scenario& s) {
  return {.title = fmt::format("{} on {}", s.model.name, deployment_text(s)),
          .subtitle = fmt::format("{}, {}, {} weights, {} cache, {}", length_text(s.workload), attention_label(s.model),
                                  weight_label(s.model), s.kv.name, s.engine.name),
          .tpot_slo = s.workload.tpot_slo};
}

Result<Figure> scenario_figure(ScenarioChart kind, const std::vector<Candidate>& candidates) {
  std::vector<const Scenario*> scenarios;
  Errors errors;
  for (const auto& c : candidates) {
    if (c.scenario) scenarios.push_back(&*c.scenario);
    if (!c.scenario) errors.insert(errors.end(), c.scenario.error().begin(), c.scenario.error().end());
  }
  if (scenarios.empty()) return std::unexpected(std::move(errors));
  const auto subject = common_subject(scenarios);
  switch (kind) {
    case ScenarioChart::throughput:
      return throughput_figure(
          curves<ConcurrencyCurve>(candidates, [](const Scenario& s) { return concurrency_curve(s); }), subject);
    case ScenarioChart::limits:
      return limits_figure(curves<LimitCurve>(candidates, [](const Scenario& s) { return limit_curve(s); }), subject,
                           scenarios.front()->model.max_context);
    case ScenarioChart::memory:
      return memory_of(candidates, subject);
    case ScenarioChart::roofline:
      return roofline_of(*scenarios.front(), subject);
  }
  return fail("chart", "of no known kind");
}

}  // namespace roofcast
