#pragma once

#include <optional>
#include <string>

#include "core/deployment.hpp"
#include "core/device.hpp"
#include "core/engine.hpp"
#include "core/expert_routing.hpp"
#include "core/length_distribution.hpp"
#include "core/model_spec.hpp"
#include "core/overlap.hpp"
#include "core/speculation.hpp"

namespace roofcast {

/// What users do. Either a context, or prompts of `isl` tokens answered with `osl` tokens.
struct Workload {
  std::optional<double> context{};
  std::optional<double> isl{};
  std::optional<double> osl{};
  std::optional<int> batch{};  ///< sequences decoded together by one replica; absent: as many as fit
  std::optional<Seconds> tpot_slo{};
  std::optional<Seconds> ttft_slo{};
  std::optional<LengthDistribution> isl_lengths{};  ///< of prompts; `isl` is then their mean in whole tokens
  std::optional<LengthDistribution> osl_lengths{};  ///< of answers, likewise
  double prefix_hit = 0;                            ///< share of a prompt whose rows are in the cache already
  std::optional<double> requests_s{};  ///< that arrive at the whole deployment; `batch` is then the most that decode

  /// Length that budgets keep room for; of lengths that vary the 90% of prompts and of answers, or their mean where a
  /// few long ones have most of the tokens.
  [[nodiscard]] double full_length() const;
  /// (W2) Longest that a sequence gets in practice: what an engine has to admit.
  [[nodiscard]] double longest_length() const;
  /// (W1) Mean length while the answer grows: ISL + OSL/2; a context alone grows from nothing. (W3) Long answers are
  /// in flight for longer.
  [[nodiscard]] double mean_length() const;
  /// Tokens that a decode step is evaluated at: the mean of an ISL/OSL workload, the whole of a context.
  [[nodiscard]] double step_context() const { return isl ? mean_length() : full_length(); }
  [[nodiscard]] double prompt() const { return isl.value_or(full_length()); }
  /// Tokens of a prompt of `tokens` that need not be computed: its last one always is.
  [[nodiscard]] double cached(double tokens) const;
};

/// One question: this model on these devices under this load.
struct Scenario {
  ModelSpec model{};
  Device device{};
  Engine engine{};
  Deployment deployment{};
  KvFormat kv{};
  Workload workload{};
  std::optional<double> memory_utilization{};
  std::optional<int> block_tokens{};
  std::optional<int> max_batched_tokens{};
  std::optional<double> price_usd_hour{};  ///< of one device; absent: the profile's
  ExpertRouting routing{};
  Speculation speculation{};
  Overlap overlap = Overlap::none;
};

/// The fit of its engine that a scenario's times rest on; null: datasheet roofs.
[[nodiscard]] const ServingCalibration* serving_calibration(const Scenario& s);
[[nodiscard]] ServingPlace serving_place(const Scenario& s);

/// An overlap that has nothing to hide.
[[nodiscard]] Errors overlap_errors(const Scenario& s);

/// Lengths and batch that are no counts, or contradict each other.
[[nodiscard]] Errors workload_errors(const Workload& w);

/// Everything that makes the question unanswerable, all at once. Weights that exceed the device do not:
/// that is an answer.
[[nodiscard]] Errors scenario_errors(const Scenario& s);

}  // namespace roofcast
