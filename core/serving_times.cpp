#include "core/serving_times.hpp"

#include <algorithm>
#include <limits>

#include "core/bisection.hpp"

namespace roofcast {
namespace {

TimeRange ranged(const RatioBand& band, Seconds time, Seconds roof) {
  const TimeSpan span = time_span(band, time.in(units::s), roof.in(units::s));
  return {.low = Seconds{span.low}, .high = Seconds{span.high}};
}

/// Largest batch that `holds`; beyond kMost there is no end.
template <class Holds>
double largest_batch_that(Holds holds) {
  constexpr double kMost = 1e9;
  const double batch = last_true(1, kMost, holds);
  return batch < kMost ? batch : std::numeric_limits<double>::infinity();
}

}  // namespace

Grade time_grade(const CompiledScenario& c, double batch, double tokens) {
  return c.fit ? serving_grade(*c.fit, batch, tokens) : Grade::theoretical;
}

TimeRange step_range(const CompiledScenario& c, double batch, double tokens, Seconds step, Seconds roof) {
  return c.fit ? ranged(step_band(*c.fit, batch, tokens), step, roof) : TimeRange{.low = step};
}

TimeRange first_token_range(const CompiledScenario& c, double batch, double tokens, Seconds ttft, Seconds roof) {
  return c.fit ? ranged(first_token_band(*c.fit, batch, tokens), ttft, roof) : TimeRange{.low = ttft};
}

FeltTimes felt_times(const CompiledScenario& c, const Workload& w, double batch) {
  if (w.isl && w.osl) {
    const ServingTimes t = steady_stream(c, c.roofs, w, batch);
    return {.tpot = t.tpot, .ttft = t.ttft};
  }
  return {.tpot = decode_time(c.plan, c.roofs, {.batch = batch, .context = w.step_context()}).time,
          .ttft = prefill_time(c.plan, c.roofs, w.prompt(), c.chunk_tokens).time};
}

double max_batch_within_tpot(const CompiledScenario& c, const Workload& w, Seconds limit) {
  return largest_batch_that([&](double batch) { return felt_times(c, w, batch).tpot <= limit; });
}

double max_batch_within_ttft(const CompiledScenario& c, const Workload& w, Seconds limit) {
  return largest_batch_that([&](double batch) { return felt_times(c, w, batch).ttft <= limit; });
}

ServingTimes steady_stream(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w, double batch) {
  const Seconds prompt = prefill_time(c.plan, roofs.datasheet(), w.prompt(), c.chunk_tokens).time;
  ServingTimes t{.in_flight = std::clamp(max_sequences(c, w.mean_length()), 1.0, batch)};
  const Seconds step = decode_time(c.plan, roofs, {.batch = t.in_flight, .context = w.step_context()}).time;
  const StreamTimes felt = stream_times(roofs.pace.value_or(ServingPace{}), prompt.in(units::s), *w.osl, batch,
                                        t.in_flight, step.in(units::s));
  t.tpot = Seconds{felt.tpot};
  t.ttft = Seconds{felt.ttft};
  return t;
}

ServingTimes serving_times(const CompiledScenario& c, const Workload& w, double batch) {
  ServingTimes t = steady_stream(c, c.roofs, w, batch);
  const ServingTimes roof = steady_stream(c, c.roofs.datasheet(), w, batch);
  t.tpot_range = step_range(c, t.in_flight, w.full_length(), t.tpot, roof.tpot);
  t.ttft_range = first_token_range(c, t.in_flight, w.full_length(), t.ttft, roof.ttft);
  return t;
}

}  // namespace roofcast
