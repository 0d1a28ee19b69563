#include "core/assumptions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/batch_limits.hpp"
#include "core/link_assumptions.hpp"
#include "core/serving_times.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"
#include "core/workload_assumptions.hpp"

namespace roofcast {
namespace {

/// Where the sizes of a step come from: engines choose them by the device.
std::string batch_assumption(const Scenario& s, const BatchLimits& batch) {
  const auto sequences = fmt::format("{} sequences", with_thousands(batch.sequences));
  const auto tokens = fmt::format("{} batched tokens", with_thousands(batch.batched_tokens));
  return s.max_batched_tokens ? fmt::format("{} were asked for; at most {} are {}'s default on {}", tokens, sequences,
                                            s.engine.name, s.device.name)
                              : fmt::format("{} and at most {} are {}'s defaults on {}", tokens, sequences,
                                            s.engine.name, s.device.name);
}

std::string overhead_rule(const Scenario& s, const BatchLimits& batch) {
  if (s.engine.memory_rule == MemoryRule::static_fraction)
    return fmt::format(
        "the memory share of {} {} holds weights and cache alone: activations of {} batched tokens, buffers and graphs "
        "live in the rest",
        s.engine.name, s.engine.version, with_thousands(batch.batched_tokens));
  return fmt::format("overhead is estimated from {} {} rules: driver context, activations of {} batched tokens, graphs",
                     s.engine.name, s.engine.version, with_thousands(batch.batched_tokens));
}

}  // namespace

std::string times_basis(const Scenario& s, double batch, double tokens) {
  const auto* calibration = serving_calibration(s);
  if (calibration == nullptr)
    return "datasheet roofs (theoretical), no kernel, launch or scheduling overhead, so real steps are slower";
  const ServingFit fit = fit_at(*calibration, serving_place(s));
  const RatioBand band = step_band(fit, batch, tokens);
  const auto fitted =
      fmt::format("fitted on serving runs of {} on {}", s.engine.name, fmt::join(calibration->hardware, ", "));
  const auto range = fmt::format("90% of measured steps lie within {:+.0f}% and {:+.0f}%", 100 * (band.low - 1),
                                 100 * (band.high - 1));
  if (serving_grade(fit, batch, tokens) == Grade::calibrated) return fmt::format("{} (calibrated): {}", fitted, range);
  return fmt::format(
      "{}, outside of what was measured there (extrapolated): the interval is widened to {:+.0f}% and {:+.0f}%", fitted,
      100 * (band.low - 1), 100 * (band.high - 1));
}

std::vector<std::string> assumptions(const Scenario& s, double batch) {
  const BatchLimits sizes = batch_limits(s);
  std::vector<std::string> a{"times are " + times_basis(s, batch, s.workload.full_length()), overhead_rule(s, sizes),
                             batch_assumption(s, sizes)};
  for (const auto& misfit : engine_errors(s.engine, s.device))
    a.push_back(fmt::format("{}: these are its rules, not a deployment", misfit.what));
  if (!s.memory_utilization && s.engine.memory_utilization > 0)
    a.push_back(fmt::format("{} may fill {:.3g} of the memory unless --memory-utilization says otherwise",
                            s.engine.name, s.engine.memory_utilization));
  if (s.device.memory_source == MemorySource::estimated)
    a.push_back(
        fmt::format("reported memory of {} is estimated from a relative's reported/marketed ratio", s.device.name));
  if (!weight_bytes_are_exact(s.model))
    a.push_back("weight bytes are parameters x stored size of each format; import the checkpoint for exact bytes");
  const auto append = [&](const std::vector<std::string>& more) { a.insert(a.end(), more.begin(), more.end()); };
  append(workload_assumptions(s));
  append(link_assumptions(s, batch));
  if (s.deployment.pp > 1)
    a.push_back(fmt::format("a step is one micro-batch of 1/{} of the batch through all {} pipeline stages",
                            s.deployment.pp, s.deployment.pp));
  if (s.deployment.dp > 1) a.push_back("batch and limits are per replica (DP rank); tokens/s are of all replicas");
  const double declared = s.model.max_context, asked = s.workload.full_length();
  if (declared > 0 && asked > declared)
    a.push_back(fmt::format("{} tokens exceed the model's declared maximum of {}", with_thousands(asked),
                            with_thousands(declared)));
  if (s.model.vision_params > 0)
    a.push_back(
        fmt::format("weights include {:.2f} B parameters of vision or audio towers", s.model.vision_params / 1e9));
  if (s.model.mtp_params > 0)
    a.push_back(
        fmt::format("weights include {:.2f} B parameters of multi-token-prediction layers", s.model.mtp_params / 1e9));
  for (const auto& note : s.model.notes) a.push_back("model: " + note);
  return a;
}

}  // namespace roofcast
