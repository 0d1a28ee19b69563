#include "core/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

std::string whole_rate(double per_second) {
  return per_second < 99.95 ? fmt::format("{:#.3g} tokens/s", per_second)
                            : fmt::format("{} tokens/s", with_thousands(std::round(per_second)));
}

/// Three digits.
std::string short_rate(double per_second) {
  return per_second < 999.5 ? fmt::format("{:.3g}", per_second) : with_thousands(std::round(per_second));
}

std::string per_replica(const Estimate& e) {
  return e.scenario.deployment.dp > 1 ? " per replica" : "";
}

std::string_view device_noun(const Estimate& e) {
  return noun(e.scenario.device.device_class);
}

std::string fitting(const Estimate& e) {
  const bool most = e.batch_is_maximum;
  auto text =
      fmt::format("{}{}{} of {} fit{} on {}", most ? "up to " : "", counted(e.batch, "conversation"), per_replica(e),
                  length_text(e.scenario.workload), e.batch == 1 ? "s" : "", deployment_text(e.scenario));
  if (!most && e.limits.max_batch > e.batch) text += fmt::format(" ({} at most)", with_thousands(e.limits.max_batch));
  if (most && e.limits.binding != Limit::memory) text += fmt::format(" within --{}", name(e.limits.binding));
  return text +
         fmt::format("; {} {} {}: {} per user, {} per {} ({})",
                     most && e.batch > 1 ? fmt::format("with {}", with_thousands(e.batch)) : std::string("then"),
                     e.serving ? "TPOT is" : "a decode step takes", format_seconds(e.rates.tpot),
                     whole_rate(e.rates.tokens_s_user), whole_rate(e.rates.tokens_s_gpu), device_noun(e),
                     name(e.grade)) +
         beyond_declared(e.scenario);
}

std::string weights_too_large(const Estimate& e) {
  const MemoryBudget& m = e.memory;
  const Bytes room = std::max(Bytes{}, m.usable - m.overhead);
  return fmt::format("the weights of {} need {} per {}, {} leaves {} for them: {} short", e.scenario.model.name,
                     format_bytes(m.weights), device_noun(e), deployment_text(e.scenario), format_bytes(room),
                     format_bytes(m.weights - room));
}

std::string cache_too_large(const Estimate& e) {
  const double asked = std::max(1.0, e.batch);
  const Bytes need = asked * e.cache.allocated_per_sequence_per_gpu;
  auto text = fmt::format("{}{}{} of {} need{} {} of KV cache per {}, {} has room for {}",
                          e.batch_is_maximum ? "even " : "", counted(asked, "conversation"), per_replica(e),
                          length_text(e.scenario.workload), asked == 1 ? "s" : "", format_bytes(need), device_noun(e),
                          deployment_text(e.scenario), format_bytes(e.memory.kv_pool));
  // A block of the pool holds nothing, so that less than one block may be all that is missing.
  text += need > e.memory.kv_pool ? fmt::format(": {} short", format_bytes(need - e.memory.kv_pool))
                                  : std::string(", one block too few");
  if (!e.batch_is_maximum && e.limits.max_batch_memory >= 1)
    text += fmt::format("; {} fit", with_thousands(e.limits.max_batch_memory));
  return text;
}

/// Of a prompt alone, or in a steady stream where that is asked.
Seconds first_token(const Estimate& e) {
  return e.serving ? e.serving->ttft : e.prefill->time();
}

bool misses_ttft(const Estimate& e) {
  const auto& slo = e.scenario.workload.ttft_slo;
  return slo && e.prefill && first_token(e) > *slo;
}

std::string slo_missed(const Estimate& e) {
  const Workload& w = e.scenario.workload;
  if (misses_ttft(e))
    return fmt::format("the first token of a prompt of {} tokens takes {}, above --ttft {}", with_thousands(w.prompt()),
                       format_seconds(first_token(e)), format_seconds(*w.ttft_slo));
  auto text = fmt::format("{} of {} of {} on {} {} {}, above --tpot {}", e.serving ? "TPOT" : "a decode step",
                          counted(e.batch, "conversation"), length_text(w), deployment_text(e.scenario),
                          e.serving ? "is" : "takes", format_seconds(e.rates.tpot), format_seconds(*w.tpot_slo));
  if (e.limits.max_batch >= 1) text += fmt::format("; {} keep it", with_thousands(e.limits.max_batch));
  return text;
}

std::string requests(double per_second) {
  return fmt::format("{} requests/s", short_rate(per_second));
}

std::string overloaded(const Estimate& e) {
  const ArrivalState& a = *e.arrivals;
  return fmt::format("{} overload {}: it serves {} of {} at most", requests(a.requests_s), deployment_text(e.scenario),
                     requests(a.most_requests_s), length_text(e.scenario.workload));
}

std::string missed_under_arrivals(const Estimate& e) {
  const ArrivalState& a = *e.arrivals;
  const Workload& w = e.scenario.workload;
  const bool slow = w.tpot_slo && a.tpot > *w.tpot_slo;
  return fmt::format("{} of {} on {}: {} is {}, above --{} {}", requests(a.requests_s), length_text(w),
                     deployment_text(e.scenario), slow ? "TPOT" : "mean TTFT", format_seconds(slow ? a.tpot : a.ttft),
                     slow ? "tpot" : "ttft", format_seconds(slow ? *w.tpot_slo : *w.ttft_slo));
}

std::string served(const Estimate& e) {
  const ArrivalState& a = *e.arrivals;
  return fmt::format(
             "{} of {} are served on {}, which serves {} at most ({:.0f}% used); TTFT is {}, TPOT {}, {} per {} ({})",
             requests(a.requests_s), length_text(e.scenario.workload), deployment_text(e.scenario),
             short_rate(a.most_requests_s), 100 * a.utilisation(), format_seconds(a.ttft), format_seconds(a.tpot),
             whole_rate(e.rates.tokens_s_gpu), device_noun(e), name(e.grade)) +
         beyond_declared(e.scenario);
}

}  // namespace

std::string deployment_text(const Scenario& s) {
  const Deployment& d = s.deployment;
  std::string cut;
  for (const auto& [flag, value] : {std::pair{"tp", d.tp}, {"pp", d.pp}, {"ep", d.ep}, {"dp", d.dp}, {"dcp", d.dcp}})
    if (value > 1) cut += fmt::format("{}{} {}", cut.empty() ? "" : ", ", flag, value);
  if (d.prefill > 0) cut += fmt::format("{}prefill {}", cut.empty() ? "" : ", ", d.prefill);
  return fmt::format("{}x {}{}", d.gpus(), s.device.name, cut.empty() ? "" : " (" + cut + ")");
}

std::string length_text(const Workload& w) {
  const auto heavy = [](const std::optional<LengthDistribution>& l) { return l && l->mean() > l->frequent; };
  if (w.isl_lengths || w.osl_lengths)
    return fmt::format("up to {} tokens ({})", with_thousands(w.full_length()),
                       heavy(w.isl_lengths) || heavy(w.osl_lengths) ? "90% or the mean" : "90%");
  if (w.context) return with_thousands(*w.context) + " tokens";
  return fmt::format("{} + {} tokens", with_thousands(w.isl.value_or(0)), with_thousands(w.osl.value_or(0)));
}

std::string beyond_declared(const Scenario& s) {
  const double declared = s.model.max_context;
  if (declared <= 0 || s.workload.full_length() <= declared) return {};
  return fmt::format("; the model declares {} tokens at most", with_thousands(declared));
}

Verdict verdict(const Estimate& e) {
  if (!e.memory.weights_fit()) return {false, weights_too_large(e)};
  if (!e.fits) return {false, cache_too_large(e)};
  if (e.arrivals && e.arrivals->overloaded()) return {false, overloaded(e)};
  if (e.arrivals) return e.meets_slos ? Verdict{true, served(e)} : Verdict{false, missed_under_arrivals(e)};
  if (!e.meets_slos) return {false, slo_missed(e)};
  return {true, fitting(e)};
}

std::string binding_text(const Estimate& e) {
  const Limits& l = e.limits;
  if (!e.memory.weights_fit()) return "memory: the weights alone do not fit";
  if (l.binding != Limit::memory)
    return fmt::format("--{}: memory would hold {}", name(l.binding), with_thousands(l.max_batch_memory));
  const Bytes one_more = (l.max_batch_memory + 1) * e.cache.allocated_per_sequence_per_gpu;
  auto text = one_more > e.memory.kv_pool ? fmt::format("memory: one more conversation lacks {} per {}",
                                                        format_bytes(one_more - e.memory.kv_pool), device_noun(e))
                                          : std::string("memory");
  if (l.max_batch_slo && std::isfinite(*l.max_batch_slo))
    text += fmt::format("; the SLOs would allow {}", with_thousands(*l.max_batch_slo));
  return text;
}

}  // namespace roofcast
