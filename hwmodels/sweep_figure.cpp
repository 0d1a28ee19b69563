#include "hwmodels/sweep_figure.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/chart/limits_figure.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/chart/sweep_names.hpp"
#include "hwmodels/named_inputs.hpp"

namespace roofcast {
namespace {

/// The devices of the rows, as far as their names are known.
std::vector<Device> devices_of(std::span<const SweepRecord> records, const PresetRoots& roots) {
  std::vector<std::string> names;
  std::vector<Device> out;
  for (const auto& r : records) {
    if (std::ranges::find(names, r.hardware) != names.end()) continue;
    names.push_back(r.hardware);
    if (auto device = named_device(roots, r.hardware)) out.push_back(std::move(*device));
  }
  return out;
}

Grade certainty(std::span<const SweepRecord> records) {
  Grade g = Grade::exact;
  for (const auto& r : records)
    if (r.step_ms) g = std::max(g, r.grade);
  return g;
}

}  // namespace

Figure sweep_figure(SweepChart kind, std::span<const SweepRecord> records, const ChartSlos& slos,
                    const PresetRoots& roots) {
  auto subject = SweepNames(records).subject();
  subject.tpot_slo = slos.tpot;
  switch (kind) {
    case SweepChart::throughput:
      return throughput_figure(concurrency_curves(records, slos), subject);
    case SweepChart::limits: {
      Figure f = limits_figure(limit_curves(records, slos), subject);
      if (slos.tpot || slos.ttft) f.footnotes.emplace_back("limits by an SLO are as fine as the batches of the sweep");
      return f;
    }
    case SweepChart::pareto:
      return pareto_figure(pareto_points(records, slos), subject);
    case SweepChart::memory: {
      Figure f = memory_figure(memory_bars(records), subject);
      f.grade = Grade::theoretical;  // how many fit rests on an engine's rules
      f.footnotes.emplace_back("used: by the largest batch of the sweep that fits; free: for whole sequences more");
      return f;
    }
    case SweepChart::roofline:
      break;
  }
  return roofline_figure(devices_of(records, roots), step_marks(records), subject, certainty(records));
}

}  // namespace roofcast
