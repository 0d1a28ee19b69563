#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/arrivals.hpp"
#include "core/compiled_scenario.hpp"
#include "core/grade.hpp"
#include "core/parameters.hpp"
#include "core/scenario.hpp"
#include "core/serving_times.hpp"

namespace roofcast {

/// Cache figures of a scenario, ideal and as the engine allocates them.
struct CacheFigures {
  Bytes per_token{};               ///< one more token, one replica, heads counted once
  Bytes per_token_per_gpu{};       ///< what one GPU stores of it
  Bytes per_sequence{};            ///< exact ideal bytes at full length, state included, one replica
  Bytes allocated_per_sequence{};  ///< the same after blocks, groups and layouts, one replica
  Bytes allocated_per_sequence_per_gpu{};
  Bytes state_per_sequence{};
  double block_tokens = 0;         ///< of the growing layers
  std::optional<double> blocks{};  ///< of the shared pool; absent when kinds of layers have pools of their own
  double pool_tokens = 0;          ///< tokens of full-length sequences that the pool holds, one replica
  Bytes used{};                    ///< of the pool of one GPU at this batch, full length
  std::string layout{};            ///< the engine's layout in words
};

/// Which limit holds the batch back.
enum class Limit { memory, tpot, ttft };

[[nodiscard]] constexpr std::string_view name(Limit l) {
  return l == Limit::memory ? "memory" : l == Limit::tpot ? "tpot" : "ttft";
}

/// Limits of one replica.
struct Limits {
  double max_batch_memory = 0;                ///< full-length sequences that fit
  double max_batch_mean = 0;                  ///< sequences of the workload's mean length that fit
  std::optional<double> max_batch_slo{};      ///< largest batch that keeps the SLOs; absent without SLOs
  std::optional<double> max_batch_slo_low{};  ///< the same at the slow end of the intervals; absent without an interval
  double max_batch = 0;                       ///< the smaller of both
  Limit binding = Limit::memory;
  double concurrency_full = 0;          ///< full-length sequences, as a fraction and as the engine's log counts them
  double concurrency_mean = 0;          ///< sequences of the workload's mean length
  std::optional<double> max_context{};  ///< longest context at this batch; absent: no end
  std::optional<double> ridge_batch{};  ///< first batch that leaves the memory roof; absent: none that fits
  double max_sequences_engine = 0;      ///< more than these need --max-num-seqs: the engine's own default
};

/// Speed of the whole deployment at one batch.
struct Rates {
  Seconds step{};  ///< decode alone
  Seconds tpot{};  ///< what a user waits for a token: the step, with ISL and OSL also its share of others' prompts
  double tokens_s_user = 0;
  double tokens_s = 0;  ///< all replicas
  double tokens_s_gpu = 0;
  TimeRange tpot_range{};  ///< rates lie between 1 / high and 1 / low of it, in proportion
};

/// d ln(throughput) / d ln(resource) at this batch.
struct Sensitivity {
  double bandwidth = 0;
  double compute = 0;
  double link = 0;
};

struct Estimate {
  Scenario scenario{};
  Grade grade = Grade::theoretical;
  ParameterCounts parameters{};
  Bytes weights_total{};
  bool weights_exact = false;
  MemoryBudget memory{};  ///< of the tightest GPU
  CacheFigures cache{};
  Limits limits{};
  /// Sequences per replica that the figures below are for; 0: none fits. Nobody asked for a batch: the
  /// largest that fits and keeps the SLOs, or 1 when even one sequence misses them.
  double batch = 0;
  bool batch_is_maximum = false;  ///< nobody asked for a batch
  bool fits = false;              ///< this batch at full length
  bool meets_slos = true;         ///< this batch keeps the SLOs; true without SLOs
  std::optional<Step> decode{};   ///< absent when it does not fit: no throughput without memory
  std::optional<Step> prefill{};  ///< one prompt alone
  double prefill_tokens_s = 0;    ///< prompt tokens per second of it
  Rates rates{};
  TimeRange step_range{};                  ///< of rates.step
  TimeRange first_token_range{};           ///< of the prefill alone
  std::optional<ServingTimes> serving{};   ///< a steady stream of prompts and answers; absent without --isl and --osl
  std::optional<ArrivalState> arrivals{};  ///< requests that come at a rate of their own; absent without --rps
  Sensitivity sensitivity{};
  std::optional<double> usd_hour{};
  std::optional<double> usd_mtok_output{};
  std::vector<std::string> assumptions{};
};

/// THE FACADE for one deployment. Errors only when the question makes no sense; "does not fit" is an
/// answer.
[[nodiscard]] Result<Estimate> estimate(const Scenario& scenario);

/// (L1) The largest batch that keeps the SLOs, and which of them holds it back; absent without SLOs.
struct SloBatch {
  double batch = 0;  ///< 0: even one sequence misses them; infinity: no end
  Limit binding = Limit::tpot;
};
[[nodiscard]] std::optional<SloBatch> slo_batch(const Workload& w, const CompiledScenario& c);

/// The batch that is evaluated when nobody asked for one: as many as fit and keep the SLOs, but one where
/// even one misses them, because by how much matters.
[[nodiscard]] double largest_batch(double max_batch_memory, std::optional<double> max_batch_slo);

/// (L1, S4) The batch that keeps the SLOs even at the slow end of the fit's intervals; absent without SLOs or a fit.
[[nodiscard]] std::optional<double> pessimistic_slo_batch(const Workload& w, const CompiledScenario& c);

/// Speed of a compiled scenario with `batch` sequences per replica under the workload.
[[nodiscard]] Rates rates(const CompiledScenario& c, const Workload& w, double batch);

}  // namespace roofcast
