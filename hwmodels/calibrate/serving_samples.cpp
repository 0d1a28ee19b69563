#include "hwmodels/calibrate/serving_samples.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/serving_times.hpp"
#include "core/validation/prediction.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/kept_profile.hpp"

namespace roofcast {
namespace {

constexpr int kMostDevices = 8;

std::string configuration(const ServingRun& r, const std::string& device) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", r.model, device, r.precision, r.gemm_dtype, r.moe_dtype,
                     r.tp, r.pp, r.dp, r.moe_tp, r.ep, r.isl, r.osl);
}

/// A run that has a deployment, beside the row that it is of.
struct Candidate {
  ServingSample sample{};
  LeftOutRun row{};
};

/// Why the fit cannot use a run; empty when it can.
std::string objection(const LeftOutRun& row) {
  const auto& r = row.run;
  if (r.tp * r.pp * r.dp > kMostDevices) return "more than 8 devices: their columns do not show how attention is split";
  if (row.least_tpot->in(units::ms) > r.tpot_ms)
    return "faster than the datasheet roofs allow: mislabelled, or speculative decoding";
  return {};
}

/// More sequences never make a step faster: a run that takes much less than a smaller one says that one of both is not
/// what its columns say, and nobody knows which.
bool contradicts(const ServingSample& a, const ServingSample& b) {
  constexpr double kClearly = 0.75;
  const bool more = a.batch > b.batch;
  return a.series == b.series && a.batch != b.batch &&
         (more ? a.tpot_ms < kClearly * b.tpot_ms : b.tpot_ms < kClearly * a.tpot_ms);
}

/// The series with a contradiction in them.
std::set<std::string> contradictory(const std::vector<Candidate>& runs) {
  std::set<std::string> series;
  for (const auto& a : runs)
    for (const auto& b : runs)
      if (contradicts(a.sample, b.sample)) series.insert(a.sample.series);
  return series;
}

}  // namespace

ServingSamples serving_samples(std::span<const MeasuredRow> rows, const Engine& engine, bool experts,
                               const std::vector<std::string>& devices, const PresetRoots& roots) {
  ServingSamples out;
  std::vector<Candidate> candidates;
  KeptProfiles<ModelSpec> models;
  KeptProfiles<Device> hardware;
  for (const auto& row : rows) {
    const auto* run = std::get_if<ServingRun>(&row.call);
    if (run == nullptr || !row.problem.empty() || run->engine != engine.id) continue;
    const auto& device = kept(hardware, row.kernel.hardware, roots, find_device);
    if (!device || std::ranges::find(devices, device->id) == devices.end()) continue;
    const auto& model = kept(models, run->model, roots, find_model);
    if (model && has_experts(*model) != experts) continue;
    LeftOutRun described{.run = *run, .device = device->id, .record = row.record};
    auto scenario = model ? serving_scenario(*run, *model, *device, engine) : std::unexpected(model.error());
    if (!scenario) {
      described.reason = fmt::format("{} {}", scenario.error().front().where, scenario.error().front().what);
      out.left_out.push_back(std::move(described));
      continue;
    }
    scenario->engine.serving.clear();
    ServingSample s{.compiled = compile(*scenario),
                    .workload = scenario->workload,
                    .batch = std::ceil(run->batch / run->dp),
                    .gpus = serving_place(*scenario).gpus,
                    .device = device->id,
                    .configuration = configuration(*run, device->id),
                    .series = configuration(*run, device->id) + '|' + run->engine_version,
                    .ttft_ms = run->ttft_ms,
                    .tpot_ms = run->tpot_ms};
    described.least_tpot = steady_stream(s.compiled, s.compiled.roofs, s.workload, s.batch).tpot;
    described.reason = objection(described);
    if (described.reason.empty())
      candidates.push_back({std::move(s), std::move(described)});
    else
      out.left_out.push_back(std::move(described));
  }
  const auto doubted = contradictory(candidates);
  for (auto& [sample, row] : candidates) {
    if (!doubted.contains(sample.series)) {
      out.samples.push_back(std::move(sample));
      continue;
    }
    row.reason = "TPOT falls by a quarter or more where only the batch grows: mislabelled";
    out.left_out.push_back(std::move(row));
  }
  std::ranges::sort(out.left_out, {}, &LeftOutRun::record);
  return out;
}

}  // namespace roofcast
