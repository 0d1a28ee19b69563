#include "core/explain_step.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/batch_limits.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kTheoretical = "theoretical";

/// Of figures that need a step, when there is none.
Explanation no_step(const Estimate& e) {
  return {
      .result = fmt::format("no figure: {} sequences of {} tokens do not fit", with_thousands(std::max(1.0, e.batch)),
                            with_thousands(e.scenario.workload.full_length())),
      .label = kTheoretical};
}

bool reads_cache(const StepPart& part) {
  return part.kind == OperatorKind::attention || part.kind == OperatorKind::latent_attention ||
         part.kind == OperatorKind::indexer;
}

std::string load_text(const Estimate& e) {
  return fmt::format("batch {}, {} cached tokens each", with_thousands(e.batch),
                     with_thousands(e.scenario.workload.step_context()));
}

/// Sums a figure of the operators that read the cache; `line(operator, sequences, rows, sum)` explains each.
template <class Figure, class Line>
double attention_sum(const Estimate& e, std::vector<std::string>& lines, Figure figure, Line line) {
  const CompiledScenario c = compile(e.scenario);
  const double sequences = std::max(1.0, e.batch / c.plan.pp);
  double sum = 0;
  for (std::size_t i = 0; i < c.plan.operators.size(); ++i) {  // a step's parts are its plan's operators, in order
    const StepPart& part = e.decode->parts[i];
    if (!reads_cache(part)) continue;
    const Operator& op = c.plan.operators[i];
    sum += figure(part);
    lines.push_back(
        fmt::format("{}: {} layers x {} x {:.6g} rows x {}", part.name, part.count, counted(sequences, "sequence"),
                    op.stream.rows_read(e.scenario.workload.step_context()) * op.row_share, line(op, figure(part))));
  }
  return sum;
}

/// What a fit of an engine's speed changes about the roofs.
std::string pace_text(const ServingPace& p, bool experts) {
  const auto share = [](double x) { return fmt::format("{:.0f}%", 100 * x); };
  auto text = fmt::format("fitted: {} of the bandwidth for weights, {}{} for the cache, {} of the FLOP/s",
                          share(p.weight_bandwidth_share),
                          experts ? share(p.expert_bandwidth_share) + " for experts, " : std::string{},
                          share(p.cache_bandwidth_share), share(p.compute_share));
  constexpr Seconds kNoticed = 0.1 * units::us;  // at its bound a fit says no more than that it saw no start-up
  return p.kernel_launch < kNoticed ? text
                                    : text + fmt::format("; a kernel starts in {}", format_seconds(p.kernel_launch));
}

std::string rate_text(double tokens_s) {
  return fmt::format("{:.4g} tokens/s", tokens_s);
}

}  // namespace

Explanation explain_ridge(const Scenario& s) {
  Explanation x{.label = kTheoretical};
  using Peak = std::optional<FlopsPerSecond> PeakRates::*;
  constexpr std::array<std::pair<Compute, Peak>, 5> kPeaks{{{Compute::fp32, &PeakRates::fp32},
                                                            {Compute::bf16, &PeakRates::bf16},
                                                            {Compute::fp8, &PeakRates::fp8},
                                                            {Compute::int8, &PeakRates::int8},
                                                            {Compute::fp4, &PeakRates::fp4}}};
  for (const auto& [compute, member] : kPeaks)
    if (const auto peak = s.device.peaks.*member)
      x.numbers.push_back(fmt::format("{}: {} / {} = {:.4g} FLOP/B", name(compute), format_rate(*peak),
                                      format_bandwidth(s.device.bandwidth),
                                      (*peak / s.device.bandwidth).in(units::flop / units::byte)));
  x.result = peak_rate(s.device, Compute::bf16)
                 ? fmt::format("{:.4g} FLOP/B in 16 bit", ridge(s.device, Compute::bf16).in(units::flop / units::byte))
                 : fmt::format("no figure: {} has no known 16-bit rate", s.device.name);
  return x;
}

Explanation explain_mean_length(const Scenario& s) {
  const Workload& w = s.workload;
  const auto line =
      w.isl ? fmt::format("{} prompt + {} / 2 answer", with_thousands(*w.isl), with_thousands(w.osl.value_or(0)))
            : fmt::format("{} / 2: a context that grows from nothing", with_thousands(w.full_length()));
  return {.numbers = {line}, .result = counted(w.mean_length(), "token")};
}

Explanation explain_attention_flops(const Estimate& e) {
  if (!e.decode) return no_step(e);
  Explanation x{.numbers = {load_text(e)}};
  const double sum = attention_sum(
      e, x.numbers, [](const StepPart& p) { return p.traffic.flops; },
      [](const Operator& op, double flops) {
        return fmt::format("{} FLOP = {} FLOP", with_thousands(op.row_flops), with_thousands(flops));
      });
  x.result = fmt::format("{} FLOP ({}) on one GPU", with_thousands(sum), format_flops(Flops{sum}));
  return x;
}

Explanation explain_attention_bytes(const Estimate& e) {
  if (!e.decode) return no_step(e);
  Explanation x{.numbers = {load_text(e)}};
  const double sum = attention_sum(
      e, x.numbers, [](const StepPart& p) { return p.traffic.cache; },
      [](const Operator& op, double bytes) {
        return fmt::format("{} B, and the new token's = {} B", with_thousands(op.row_bytes), with_thousands(bytes));
      });
  x.result = fmt::format("{} B ({}) on one GPU", with_thousands(sum), format_bytes(Bytes{sum}));
  return x;
}

Explanation explain_experts_touched(const Estimate& e) {
  if (!e.decode) return no_step(e);
  const CompiledScenario c = compile(e.scenario);
  Explanation x{.numbers = {load_text(e)}, .label = "estimated"};  // routing is taken as even
  for (const auto& op : c.plan.operators) {
    if (op.kind != OperatorKind::experts) continue;
    const double tokens = std::max(1.0, e.batch / c.plan.pp) * op.token_groups;
    const double touched = experts_touched(op.bank, tokens);
    x.numbers.push_back(fmt::format("{} layers: {} x (1 - (1 - {}/{})^{:.6g}) = {:.4g} experts, {:.1f}% of the bank",
                                    op.count, op.bank.experts, op.bank.top_k, op.bank.experts, tokens, touched,
                                    100 * touched / op.bank.experts));
    x.result = fmt::format("{:.4g} of {} experts", touched, op.bank.experts);
  }
  if (x.result.empty()) x.result = fmt::format("no figure: {} has no experts", e.scenario.model.name);
  return x;
}

Explanation explain_step_ms(const Estimate& e) {
  if (!e.decode) return no_step(e);
  Explanation x{.numbers = {load_text(e)}, .label = name(e.grade)};
  const bool experts =
      std::ranges::any_of(e.decode->parts, [](const StepPart& p) { return p.kind == OperatorKind::experts; });
  if (const auto pace = compile(e.scenario).roofs.pace) x.numbers.push_back(pace_text(*pace, experts));
  std::vector<StepPart> parts = e.decode->parts;
  std::ranges::stable_sort(parts, std::greater{}, [](const StepPart& p) { return p.timed.time; });
  constexpr std::size_t kShown = 6;
  Seconds rest{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const StepPart& p = parts[i];
    if (i >= kShown) {
      rest += p.timed.time;
      continue;
    }
    x.numbers.push_back(fmt::format("{} x {}: {}, {} take {} ({})", p.count, p.name,
                                    format_bytes(p.traffic.cost().bytes), format_flops(p.traffic.cost().flops),
                                    format_seconds(p.timed.time), name(p.timed.bound)));
  }
  if (rest > Seconds{})
    x.numbers.push_back(fmt::format("{} more operators: {}", parts.size() - kShown, format_seconds(rest)));
  x.result = fmt::format("{:.6g} ms", e.rates.step.in(units::ms));
  return x;
}

Explanation explain_intensity(const Estimate& e) {
  if (!e.decode) return no_step(e);
  const Cost cost = e.decode->cost();
  return {.numbers = {load_text(e), fmt::format("{} / {}", format_flops(cost.flops), format_bytes(cost.bytes))},
          .result = fmt::format("{:.4g} FLOP/B", intensity(cost).in(units::flop / units::byte))};
}

Explanation explain_tokens_s_user(const Estimate& e) {
  if (!e.decode) return no_step(e);
  return {.numbers = {load_text(e), fmt::format("1 / {}", format_seconds(e.rates.tpot))},
          .result = rate_text(e.rates.tokens_s_user),
          .label = name(e.grade)};
}

Explanation explain_tokens_s(const Estimate& e) {
  if (!e.decode) return no_step(e);
  if (e.arrivals)
    return {.numbers = {fmt::format("{:.4g} requests/s that are served x {} tokens",
                                    std::min(e.arrivals->requests_s, e.arrivals->most_requests_s),
                                    with_thousands(e.scenario.workload.osl.value_or(0)))},
            .result = rate_text(e.rates.tokens_s),
            .label = name(e.grade)};
  return {.numbers = {fmt::format("{} x {} x {}", counted(e.scenario.deployment.dp, "replica"),
                                  counted(e.batch, "sequence"), rate_text(e.rates.tokens_s_user))},
          .result = rate_text(e.rates.tokens_s),
          .label = name(e.grade)};
}

Explanation explain_tokens_s_gpu(const Estimate& e) {
  if (!e.decode) return no_step(e);
  return {.numbers = {fmt::format("{} / {}", rate_text(e.rates.tokens_s),
                                  counted(static_cast<double>(e.scenario.deployment.gpus()), "GPU"))},
          .result = rate_text(e.rates.tokens_s_gpu),
          .label = name(e.grade)};
}

Explanation explain_ttft(const Estimate& e) {
  if (!e.prefill) return no_step(e);
  const Cost cost = e.prefill->cost();
  return {.numbers = {fmt::format("a prompt of {} tokens in steps of {}", with_thousands(e.scenario.workload.prompt()),
                                  with_thousands(batch_limits(e.scenario).batched_tokens)),
                      fmt::format("{}, {} on one GPU; {} roofs hold most of it", format_flops(cost.flops),
                                  format_bytes(cost.bytes), name(e.prefill->bound()))},
          .result = format_seconds(e.prefill->time()),
          .label = name(e.grade)};
}

Explanation explain_max_batch_slo(const Estimate& e) {
  const Workload& w = e.scenario.workload;
  Explanation x{.label = name(e.grade)};
  if (w.tpot_slo) x.numbers.push_back(fmt::format("TPOT at most {}", format_seconds(*w.tpot_slo)));
  if (w.ttft_slo) x.numbers.push_back(fmt::format("TTFT at most {}", format_seconds(*w.ttft_slo)));
  x.result = !e.limits.max_batch_slo               ? "no figure: give --tpot or --ttft"
             : *e.limits.max_batch_slo > (1 << 20) ? "no end: TTFT of a prompt alone is kept"
                                                   : with_thousands(*e.limits.max_batch_slo) + " sequences";
  return x;
}

Explanation explain_ridge_batch(const Estimate& e) {
  if (!e.decode) return no_step(e);
  return {.numbers = {fmt::format("{} cached tokens each", with_thousands(e.scenario.workload.step_context()))},
          .result = e.limits.ridge_batch ? with_thousands(*e.limits.ridge_batch) + " sequences"
                                         : "none that fits: the step stays under the memory roof",
          .label = name(e.grade)};
}

Explanation explain_sensitivity(const Estimate& e) {
  if (!e.decode) return no_step(e);
  return {.numbers = {fmt::format("memory bandwidth: {:.3f}", e.sensitivity.bandwidth),
                      fmt::format("compute: {:.3f}", e.sensitivity.compute),
                      fmt::format("links: {:.3f}", e.sensitivity.link)},
          .result = fmt::format("1% more bandwidth gives {:.2f}% more tokens/s", e.sensitivity.bandwidth),
          .label = name(e.grade)};
}

Explanation explain_usd_mtok(const Estimate& e) {
  if (!e.decode) return no_step(e);
  if (!e.usd_hour) return {.result = "no figure: give --price", .label = name(e.grade)};
  return {.numbers = {fmt::format("{:.4g} USD/h for {}", *e.usd_hour,
                                  counted(static_cast<double>(e.scenario.deployment.gpus()), "GPU")),
                      fmt::format("{} x 3600 s", rate_text(e.rates.tokens_s))},
          .result = fmt::format("{:.4g} USD per million output tokens", e.usd_mtok_output.value_or(0)),
          .label = name(e.grade)};
}

}  // namespace roofcast
