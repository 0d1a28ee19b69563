#include "core/serving_times.hpp"

#include <algorithm>
#include <limits>

#include "core/bisection.hpp"
#include "core/felt_stream.hpp"

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

ServingTimes steady_stream_of(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w,
                              const ServiceTime& prompts, double batch) {
  const ServingPace pace = roofs.pace.value_or(ServingPace{});
  ServingTimes t{.in_flight = std::clamp(max_sequences(c, w.mean_length()), 1.0, batch)};
  if (c.deployment.prefill > 0) {
    t.tpot = stream_tpot(c, roofs, w, t.in_flight, prompts.mean);
    const Seconds room = (batch / t.in_flight - 1) * *w.osl * t.tpot;  // who does not fit waits for answers to end
    const ServiceTime reading = alone_service(prompts, pace);
    const double prompts_s = c.deployment.dp * t.in_flight / *w.osl * (units::s / t.tpot) / c.deployment.prefill;
    t.ttft = pace.first_token_host + reading.mean + queueing_time(prompts_s, pool_service(prompts, pace)) +
             transfer_time(c, w.prompt()) + room;
    return t;
  }
  const Seconds step = decode_time(c.plan, roofs, {.batch = t.in_flight, .context = w.step_context()}).time;
  const StreamTimes felt = stream_times(pace, prompts.mean.in(units::s), *w.osl, batch, t.in_flight,
                                        step.in(units::s) / c.plan.tokens_per_step);
  t.tpot = Seconds{felt.tpot};
  t.ttft = Seconds{felt.ttft};
  return t;
}

}  // namespace

Grade time_grade(const CompiledScenario& c, double batch, double tokens) {
  return c.fit ? serving_grade(*c.fit, batch, tokens) : Grade::theoretical;
}

TimeRange step_range(const CompiledScenario& c, double batch, double tokens, Seconds step, Seconds roof) {
  return c.fit ? ranged(step_band(*c.fit, batch, tokens), step, roof) : TimeRange{.low = step};
}

TimeRange per_token(const CompiledScenario& c, const TimeRange& step) {
  TimeRange token{.low = step.low / c.plan.tokens_per_step};
  if (step.high) token.high = *step.high / c.plan.tokens_per_step;
  return token;
}

TimeRange first_token_range(const CompiledScenario& c, double batch, double tokens, Seconds ttft, Seconds roof) {
  return c.fit ? ranged(first_token_band(*c.fit, batch, tokens), ttft, roof) : TimeRange{.low = ttft};
}

FeltStream::FeltStream(const CompiledScenario& c, const Workload& w) : c_{c}, w_{w} {
  if (w.isl && w.osl)
    prompts_ = prompt_service(c, c.roofs, w);
  else
    prompt_ = prefill_time(c.plan, c.roofs, w.prompt(), c.chunk_tokens, w.cached(w.prompt())).time;
}

FeltTimes FeltStream::at(double batch) const {
  if (w_.isl && w_.osl) {
    const ServingTimes t = steady_stream_of(c_, c_.roofs, w_, prompts_, batch);
    return {.tpot = t.tpot, .ttft = t.ttft};
  }
  const Seconds step = decode_time(c_.plan, c_.roofs, {.batch = batch, .context = w_.step_context()}).time;
  return {.tpot = step / c_.plan.tokens_per_step, .ttft = prompt_};
}

FeltTimes felt_times(const CompiledScenario& c, const Workload& w, double batch) {
  return FeltStream{c, w}.at(batch);
}

Seconds prompt_alone(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w, double tokens) {
  return prefill_time(c.plan, roofs.datasheet(), tokens, c.chunk_tokens, w.cached(tokens)).time;
}

ServiceTime prompt_service(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w) {
  ServiceTime service;
  const auto add = [&](double tokens, double share) {
    const Seconds time = prompt_alone(c, roofs, w, tokens);
    service.mean += share * time;
    service.second_moment += share * time.in(units::s)*time.in(units::s);
  };
  if (!w.isl_lengths) add(w.prompt(), 1);
  if (w.isl_lengths)
    for (const auto& length : w.isl_lengths->shares) add(length.tokens, length.share);
  return service;
}

ServiceTime mixed_service(const ServiceTime& prompt, const ServingPace& pace) {
  const double share = pace.mixed_prefill_share;
  return {.mean = prompt.mean / share, .second_moment = prompt.second_moment / (share * share)};
}

ServiceTime alone_service(const ServiceTime& prompt, const ServingPace& pace) {
  const double share = pace.first_token_share;
  return {.mean = prompt.mean / share, .second_moment = prompt.second_moment / (share * share)};
}

ServiceTime pool_service(const ServiceTime& prompt, const ServingPace& pace) {
  return pace.mixed_prefill_share > pace.first_token_share ? mixed_service(prompt, pace) : alone_service(prompt, pace);
}

ServiceTime reading_service(const Deployment& d, const ServiceTime& prompt, const ServingPace& pace) {
  return d.prefill > 0 ? pool_service(prompt, pace) : mixed_service(prompt, pace);
}

Seconds stream_tpot(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w, double in_flight,
                    Seconds prompt) {
  const Seconds step = decode_time(c.plan, roofs, {.batch = in_flight, .context = w.step_context()}).time;
  const Seconds token = step / c.plan.tokens_per_step;
  if (c.deployment.prefill > 0) return token;
  return token + in_flight / *w.osl / roofs.pace.value_or(ServingPace{}).mixed_prefill_share * prompt;
}

Seconds transfer_time(const CompiledScenario& c, double tokens) {
  if (c.deployment.prefill == 0 || c.transfer.bandwidth <= BytesPerSecond{}) return Seconds{};
  Bytes most{};  // every device sends its own rows
  for (const auto& s : c.stages) most = std::max(most, allocated_per_sequence(s.layout, tokens));
  return most / c.transfer.bandwidth + c.transfer.latency;
}

double max_batch_within_tpot(const CompiledScenario& c, const Workload& w, Seconds limit) {
  const FeltStream stream{c, w};
  return largest_batch_that([&](double batch) { return stream.at(batch).tpot <= limit; });
}

double max_batch_within_ttft(const CompiledScenario& c, const Workload& w, Seconds limit) {
  const FeltStream stream{c, w};
  return largest_batch_that([&](double batch) { return stream.at(batch).ttft <= limit; });
}

ServingTimes steady_stream(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w, double batch) {
  return steady_stream_of(c, roofs, w, prompt_service(c, roofs, w), batch);
}

ServingTimes serving_times(const CompiledScenario& c, const Workload& w, double batch) {
  ServingTimes t = steady_stream(c, c.roofs, w, batch);
  const ServingTimes roof = steady_stream(c, c.roofs.datasheet(), w, batch);
  t.tpot_range = step_range(c, t.in_flight, w.full_length(), t.tpot, roof.tpot);
  t.ttft_range = first_token_range(c, t.in_flight, w.full_length(), t.ttft, roof.ttft);
  return t;
}

}  // namespace roofcast
