#include "core/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/assumptions.hpp"
#include "core/batch_limits.hpp"
#include "core/cache.hpp"
#include "core/price.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

CacheFigures cache_figures(const Scenario& s, const CompiledScenario& c, const StageMemory& tight) {
  const double full = s.workload.full_length();
  const int block = s.block_tokens.value_or(s.engine.block_tokens);
  CacheFigures f{.per_token = kv_bytes_per_token(s.model, s.kv),
                 .per_token_per_gpu = kv_bytes_per_token_per_rank(s.model, s.kv, s.deployment),
                 .per_sequence = kv_bytes_per_sequence(s.model, s.kv, full),
                 .state_per_sequence = state_bytes_per_sequence(s.model),
                 .layout = tight.layout.description};
  const CacheLayout whole = cache_layout(s.model, {}, 0, s.kv, s.engine, block);
  f.allocated_per_sequence = allocated_per_sequence(whole, full);
  f.allocated_per_sequence_per_gpu = allocated_per_sequence(tight.layout, full);

  for (const auto& g : tight.layout.groups)
    if (!g.state) f.block_tokens = std::max(f.block_tokens, g.block_tokens);
  const double block_bytes = shared_block_bytes(tight.layout);
  if (block_bytes > 0) f.blocks = std::floor(tight.budget.kv_pool.in(units::byte) / block_bytes);
  const bool uniform = tight.layout.groups.size() == 1 && !tight.layout.groups.front().state &&
                       !std::isfinite(tight.layout.groups.front().window);
  f.pool_tokens = uniform && f.blocks ? *f.blocks * f.block_tokens * tight.layout.tokens_divisor
                                      : std::floor(concurrency(c, full) * full);
  return f;
}

Limits limits(const Scenario& s, const CompiledScenario& c) {
  const Workload& w = s.workload;
  constexpr double kMost = 1e9;  // stands for "no end" where a sequence stores nothing
  Limits l{.max_batch_memory = std::min(max_sequences(c, w.full_length()), kMost),
           .max_batch_mean = std::min(max_sequences(c, w.mean_length()), kMost)};
  l.max_batch = l.max_batch_memory;
  if (const auto slo = slo_batch(w, c)) {
    l.max_batch_slo = slo->batch;
    if (slo->batch < l.max_batch) {
      l.max_batch = slo->batch;
      l.binding = slo->binding;
    }
  }
  // vLLM counts a window's blocks with a whole step of prompt tokens in flight.
  const bool grouped = s.engine.pool_rule == PoolRule::grouped_pages;
  l.concurrency_full = concurrency(c, w.full_length(), grouped ? std::min(c.chunk_tokens, w.full_length()) : 1);
  l.concurrency_mean = concurrency(c, w.mean_length());
  l.max_sequences_engine = batch_limits(s).sequences;
  return l;
}

Sensitivity sensitivity(const CompiledScenario& c, double batch, double context) {
  constexpr double kStep = 1e-3;
  const auto slope = [&](auto scale) {
    CompiledScenario faster = c;
    scale(faster.roofs);
    const Load load{.batch = batch, .context = context};
    const double ratio = decode_time(c.plan, c.roofs, load).time / decode_time(faster.plan, faster.roofs, load).time;
    constexpr double kDigits = 1e6;  // the difference quotient has no more
    return std::round(std::log(ratio) / std::log1p(kStep) * kDigits) / kDigits;
  };
  return {.bandwidth = slope([](DeviceRoofs& r) { r.bandwidth = (1 + kStep) * r.bandwidth; }),
          .compute = slope([](DeviceRoofs& r) {
            for (auto& f : r.compute) f = (1 + kStep) * f;
          }),
          .link = slope([](DeviceRoofs& r) { r = r.with_links(1 + kStep); })};
}

void add_cost(Estimate& e) {
  const auto usd = price(e.scenario);
  if (!usd) return;
  e.usd_hour = *usd * static_cast<double>(e.scenario.deployment.gpus());
  if (e.rates.tokens_s > 0) e.usd_mtok_output = usd_mtok(*e.usd_hour, e.rates.tokens_s);
}

/// What comes in is what goes out, and no more than can be served.
void set_rates(Estimate& e, const ArrivalState& a) {
  const Workload& w = e.scenario.workload;
  const Seconds at_batch = e.rates.tpot;
  e.rates.tpot = a.tpot;
  e.rates.tokens_s_user = units::s / a.tpot;
  e.rates.tokens_s = std::min(a.requests_s, a.most_requests_s) * *w.osl;
  e.rates.tokens_s_gpu = e.rates.tokens_s / static_cast<double>(e.scenario.deployment.gpus());
  e.rates.tpot_range.low = a.tpot / at_batch * e.rates.tpot_range.low;
  if (e.rates.tpot_range.high) e.rates.tpot_range.high = a.tpot / at_batch * *e.rates.tpot_range.high;
}

bool keeps_slos(const ArrivalState& a, const Workload& w) {
  return !a.overloaded() && (!w.tpot_slo || a.tpot <= *w.tpot_slo) && (!w.ttft_slo || a.ttft <= *w.ttft_slo);
}

void add_speed(Estimate& e, const CompiledScenario& c) {
  const Workload& w = e.scenario.workload;
  const Load load{.batch = e.batch, .context = w.step_context()};
  e.decode = decode_step(c.plan, c.roofs, load);
  e.prefill = prefill_step(c.plan, c.roofs, w.prompt(), c.chunk_tokens, w.cached(w.prompt()));
  e.prefill_tokens_s = w.prompt() * (units::s / e.prefill->time());
  e.rates = rates(c, w, e.batch);
  const double full = w.full_length();
  e.grade = time_grade(c, e.batch, full);
  const DeviceRoofs datasheet = c.roofs.datasheet();
  e.step_range = step_range(c, e.batch, full, e.rates.step, decode_time(c.plan, datasheet, load).time);
  e.first_token_range =
      first_token_range(c, e.batch, full, e.prefill->time(), prompt_alone(c, datasheet, w, w.prompt()));
  e.rates.tpot_range = per_token(c, e.step_range);
  if (w.isl && w.osl) {
    e.serving = serving_times(c, w, e.batch);
    e.rates.tpot_range = e.serving->tpot_range;
  }
  if (e.arrivals) set_rates(e, *e.arrivals);
  e.sensitivity = sensitivity(c, e.batch, load.context);
  e.limits.ridge_batch = ridge_batch(c, load.context, std::max(e.limits.max_batch_memory, e.batch));
}

}  // namespace

std::optional<SloBatch> slo_batch(const Workload& w, const CompiledScenario& c) {
  std::optional<SloBatch> r;
  if (w.ttft_slo) r = {max_batch_within_ttft(c, w, *w.ttft_slo), Limit::ttft};
  if (w.tpot_slo) {
    const double batch = max_batch_within_tpot(c, w, *w.tpot_slo);
    if (!r || batch < r->batch) r = {batch, Limit::tpot};
  }
  return r;
}

std::optional<double> pessimistic_slo_batch(const Workload& w, const CompiledScenario& c) {
  if (!c.fit || (!w.tpot_slo && !w.ttft_slo)) return {};
  Workload slow = w;
  // The band of a large batch is the wider one: the batch that is looked for is not known yet.
  constexpr double kLarge = kSmallBatch + 1;
  if (slow.tpot_slo) slow.tpot_slo = *slow.tpot_slo / step_band(*c.fit, kLarge, w.full_length()).high;
  if (slow.ttft_slo) slow.ttft_slo = *slow.ttft_slo / first_token_band(*c.fit, kLarge, w.full_length()).high;
  return std::min(slo_batch(slow, c)->batch, max_sequences(c, w.full_length()));
}

double largest_batch(double max_batch_memory, std::optional<double> max_batch_slo) {
  const double most = std::min(max_batch_memory, max_batch_slo.value_or(max_batch_memory));
  return std::max(most, std::min(1.0, max_batch_memory));
}

namespace {

/// Output tokens per second of the prompts that the replicas which read them get through.
double read_tokens_s(const CompiledScenario& c, const Workload& w) {
  const ServingPace pace = c.roofs.pace.value_or(ServingPace{});
  return c.deployment.prefill * (units::s / pool_service(prompt_service(c, c.roofs, w), pace).mean) * *w.osl;
}

}  // namespace

Rates rates(const CompiledScenario& c, const Workload& w, double batch) {
  Rates r{.step = decode_time(c.plan, c.roofs, {.batch = batch, .context = w.step_context()}).time,
          .tpot = felt_times(c, w, batch).tpot};
  r.tokens_s_user = units::s / r.tpot;
  r.tokens_s = c.deployment.dp * batch * r.tokens_s_user;
  if (c.deployment.prefill > 0 && w.osl) r.tokens_s = std::min(r.tokens_s, read_tokens_s(c, w));
  r.tokens_s_gpu = r.tokens_s / static_cast<double>(c.deployment.gpus());
  return r;
}

Result<Estimate> estimate(const Scenario& scenario) {
  if (auto errors = scenario_errors(scenario); !errors.empty()) return std::unexpected(std::move(errors));

  const CompiledScenario c = compile(scenario);
  const double full = scenario.workload.full_length();
  const StageMemory& tight = tightest_stage(c, full);

  Estimate e{.scenario = scenario,
             .parameters = parameters(scenario.model),
             .weights_total = weight_bytes(scenario.model),
             .weights_exact = weight_bytes_are_exact(scenario.model),
             .memory = tight.budget,
             .cache = cache_figures(scenario, c, tight),
             .limits = limits(scenario, c)};
  e.limits.max_batch_slo_low = pessimistic_slo_batch(scenario.workload, c);
  e.batch_is_maximum = !scenario.workload.batch;
  e.batch = scenario.workload.batch ? *scenario.workload.batch
                                    : largest_batch(e.limits.max_batch_memory, e.limits.max_batch_slo);
  e.fits = e.batch >= 1 && e.batch <= e.limits.max_batch_memory;
  e.meets_slos = !e.limits.max_batch_slo || e.batch <= *e.limits.max_batch_slo;
  if (scenario.workload.requests_s) {
    e.batch_is_maximum = false;
    e.fits = e.limits.max_batch_memory >= 1;
    if (e.fits) {
      e.arrivals = arrival_state(c, c.roofs, scenario.workload);
      e.batch = shown_batch(*e.arrivals);
      e.meets_slos = keeps_slos(*e.arrivals, scenario.workload);
    }
  }
  e.limits.max_context = max_context(c, std::max(1.0, e.batch));
  // Under arrivals sequences are of all ages, otherwise all must be able to reach their full length.
  e.cache.used = e.arrivals ? e.batch * allocated_per_sequence(tight.layout, scenario.workload.mean_length())
                            : e.batch * e.cache.allocated_per_sequence_per_gpu;
  if (e.fits) add_speed(e, c);
  add_cost(e);
  e.assumptions = assumptions(scenario, std::max(1.0, e.batch));
  return e;
}

}  // namespace roofcast
