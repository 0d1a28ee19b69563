#pragma once

#include <algorithm>
#include <optional>

#include "core/compiled_scenario.hpp"
#include "core/queue.hpp"

namespace roofcast {

/// A time with the range that holds 90% of measured ones. A datasheet roof is a lower bound and knows no upper one.
struct TimeRange {
  Seconds low{};
  std::optional<Seconds> high{};
};

/// (S4) The same in seconds: a band of ratios around `time`. No fit can be right where it beats the roofs, whatever the
/// residuals say: they are the least.
struct TimeSpan {
  double low = 0;
  double high = 0;
};
[[nodiscard]] inline TimeSpan time_span(const RatioBand& band, double time, double roof) {
  return {.low = std::min(time, std::max(roof, band.low * time)), .high = band.high * time};
}

/// What users of a steady stream of requests feel: `batch` of them in flight at each replica, a new prompt
/// whenever an answer ends.
struct ServingTimes {
  double in_flight = 0;  ///< sequences that decode together: batch, or as many as memory holds
  Seconds tpot{};        ///< (S3) a decode step and its share of the prompts that are read meanwhile
  Seconds ttft{};        ///< (S2) own prompt, prompts of others, and room in memory
  TimeRange tpot_range{};
  TimeRange ttft_range{};
};

/// A prompt of `tokens` alone on the machine at the datasheet roofs, what the cache holds of it left out.
[[nodiscard]] Seconds prompt_alone(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w,
                                   double tokens);
/// The same over all prompts of the workload.
[[nodiscard]] ServiceTime prompt_service(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w);
/// (S3) As long as prompts take that share their steps with decoding; (S2) that have the machine to themselves.
[[nodiscard]] ServiceTime mixed_service(const ServiceTime& prompt, const ServingPace& pace);
/// How long a replica that only reads is busy with a prompt: reading goes on behind what else a first token waits for.
[[nodiscard]] ServiceTime pool_service(const ServiceTime& prompt, const ServingPace& pace);
/// The one of both that the deployment's prompts are read by.
[[nodiscard]] ServiceTime reading_service(const Deployment& d, const ServiceTime& prompt, const ServingPace& pace);
[[nodiscard]] ServiceTime alone_service(const ServiceTime& prompt, const ServingPace& pace);

/// (S3) Time per output token with `in_flight` sequences and prompts that take `prompt` each: between them where the
/// replica reads its own, not where others do. Drafts that are accepted share a step (D11).
[[nodiscard]] Seconds stream_tpot(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w,
                                  double in_flight, Seconds prompt);

/// (W8) Time that the rows of a prompt take from the replica that read it to the one that answers; 0 where both are
/// one.
[[nodiscard]] Seconds transfer_time(const CompiledScenario& c, double tokens);

/// What one user feels: of a steady stream where prompts and answers are given, else a decode step and a prompt alone.
struct FeltTimes {
  Seconds tpot{};
  Seconds ttft{};
};
[[nodiscard]] FeltTimes felt_times(const CompiledScenario& c, const Workload& w, double batch);

/// (L1) Largest batch whose tokens come within `limit` of each other; 0 when even one sequence is too slow, infinity
/// when no batch is.
[[nodiscard]] double max_batch_within_tpot(const CompiledScenario& c, const Workload& w, Seconds limit);
/// (L1) The same of the first token.
[[nodiscard]] double max_batch_within_ttft(const CompiledScenario& c, const Workload& w, Seconds limit);

/// (S2, S3) Of `batch` requests of `osl` tokens each, `in_flight` of which decode in steps of `step` s, where a prompt
/// takes `prompt` s at the roofs: TPOT and TTFT, s. Free of branches: loops over batches become vector code.
struct StreamTimes {
  double tpot = 0;
  double ttft = 0;
};
[[nodiscard]] inline StreamTimes stream_times(const ServingPace& pace, double prompt, double osl, double batch,
                                              double in_flight, double step) {
  StreamTimes t{.tpot = step + in_flight / osl / pace.mixed_prefill_share * prompt};
  const double room = (batch / in_flight - 1) * osl * t.tpot;  // who does not fit waits for answers to end
  t.ttft = pace.first_token_host.in(units::s) +
           (1 + pace.first_token_queue * in_flight) / pace.first_token_share * prompt +
           pace.first_token_steps * t.tpot + room;
  return t;
}

/// The times alone, without ranges, with `roofs` instead of the scenario's own. @pre `w` has isl and osl; batch >= 1.
[[nodiscard]] ServingTimes steady_stream(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w,
                                         double batch);

/// @pre `w` has isl and osl; batch >= 1.
[[nodiscard]] ServingTimes serving_times(const CompiledScenario& c, const Workload& w, double batch);

[[nodiscard]] Grade time_grade(const CompiledScenario& c, double batch, double tokens);
/// (S4) Interval of a time per token; never below what the roofs alone take, `roof`.
[[nodiscard]] TimeRange step_range(const CompiledScenario& c, double batch, double tokens, Seconds step, Seconds roof);
/// Of a token of a step of this range (D11).
[[nodiscard]] TimeRange per_token(const CompiledScenario& c, const TimeRange& step);
/// The same of a time to first token.
[[nodiscard]] TimeRange first_token_range(const CompiledScenario& c, double batch, double tokens, Seconds ttft,
                                          Seconds roof);

}  // namespace roofcast
