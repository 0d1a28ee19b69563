#include "core/chart/roofline_rows.hpp"

#include <algorithm>
#include <utility>

#include "core/chart/device_roofs.hpp"

namespace roofcast {
namespace {

/// Rows of a step whose parts stand in the order of the plan's operators; parts beyond them belong to none.
void append_rows(const Device& device, const CompiledScenario& c, const Step& step, const RooflineRow& base,
                 std::vector<RooflineRow>& out) {
  for (std::size_t i = 0; i < step.parts.size(); ++i) {
    const StepPart& part = step.parts[i];
    RooflineRow row = base;
    row.op = part.name;
    row.layers = part.count;
    row.cost = part.traffic.cost();
    row.timed = part.timed;
    row.share = part.timed.time / step.time();
    if (row.timed.time > Seconds{}) row.attained = row.cost.flops / row.timed.time;
    if (i < c.plan.operators.size() && row.cost.bytes > Bytes{} && row.cost.flops > Flops{}) {
      const Roof roof = c.roofs.roof(c.plan.operators[i]);
      row.roof = allowed_rate(row.cost, roof);
      row.roof_name = roof_name(device, row.cost, roof);
    }
    out.push_back(std::move(row));
  }
}

}  // namespace

FlopsPerSecond allowed_rate(const Cost& cost, const Roof& roof) {
  return std::min(roof.compute, roof.bandwidth * intensity(cost));
}

Result<std::vector<RooflineRow>> roofline_rows(const Scenario& s, std::span<const Phase> phases,
                                               std::span<const double> batches) {
  if (auto errors = scenario_errors(s); !errors.empty()) return std::unexpected(std::move(errors));
  const CompiledScenario c = compile(s);
  const Workload& w = s.workload;
  std::vector<RooflineRow> out;
  for (const Phase phase : phases) {
    if (phase == Phase::prefill) {
      append_rows(s.device, c, prefill_step(c.plan, c.roofs, w.prompt(), c.chunk_tokens, w.cached(w.prompt())),
                  {.phase = phase, .grade = time_grade(c, 1, w.full_length())}, out);
      continue;
    }
    for (const double batch : batches)
      append_rows(s.device, c, decode_step(c.plan, c.roofs, {.batch = batch, .context = w.step_context()}),
                  {.phase = phase, .batch = batch, .grade = time_grade(c, batch, w.full_length())}, out);
  }
  return out;
}

}  // namespace roofcast
