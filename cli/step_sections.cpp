#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "cli/estimate_report.hpp"
#include "cli/figure_text.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

std::string intensity_text(const Cost& cost) {
  if (cost.bytes <= Bytes{}) return "-";
  return short_number(intensity(cost).in(units::flop / units::byte));
}

/// "97.7 G": the heading has the unit.
std::string flops_text(Flops f) {
  if (f <= Flops{}) return "-";
  const auto text = format_flops(f);
  return text.substr(0, text.find("FLOP"));
}

/// Bytes through memory, or over the link where that is all.
std::string bytes_text(const Cost& cost) {
  const Bytes b = cost.bytes > Bytes{} ? cost.bytes : cost.network;
  return b > Bytes{} ? format_bytes(b) : "-";
}

/// A long name in words, so that a narrow table can break it.
std::string operator_text(std::string_view name) {
  constexpr std::size_t kLong = 18;
  std::string text(name);
  if (text.size() > kLong) std::ranges::replace(text, '_', ' ');
  return text;
}

/// "21.2 ms (theoretical)", "27.1 ms, 22.0 to 33.4 ms (calibrated)"
std::string ranged_text(Seconds time, const TimeRange& range, Grade grade) {
  if (!range.high) return fmt::format("{} ({})", format_seconds(time), name(grade));
  return fmt::format("{}, {} to {} ({})", format_seconds(time), format_seconds(range.low), format_seconds(*range.high),
                     name(grade));
}

std::vector<std::string> row(std::string title, std::string layers, const Cost& cost, const Timed& timed,
                             Seconds whole) {
  return {
      std::move(title),     std::move(layers),          flops_text(cost.flops),      bytes_text(cost),
      intensity_text(cost), format_seconds(timed.time), percent(timed.time / whole), std::string(name(timed.bound))};
}

/// Which figures of a step follow from the architecture alone.
std::string labels_text(const Estimate& e) {
  if (has_experts(e.scenario.model))
    return "FLOP and KV bytes exact, expert bytes as even routing touches them, activation bytes estimated";
  return e.weights_exact ? "FLOP, weight and KV bytes exact, activation bytes estimated"
                         : "FLOP and KV bytes exact, weight and activation bytes estimated";
}

std::string rates_text(const Estimate& e) {
  auto text = fmt::format("{} tokens/s per user, {} in all", short_number(e.rates.tokens_s_user),
                          short_number(e.rates.tokens_s));
  if (const auto slowest = e.rates.tpot_range.high)
    text = fmt::format("{} ({} to {}) tokens/s per user, {} in all", short_number(e.rates.tokens_s_user),
                       short_number(units::s / *slowest), short_number(units::s / e.rates.tpot_range.low),
                       short_number(e.rates.tokens_s));
  if (e.scenario.deployment.gpus() > 1)
    text += fmt::format(", {} per {}", short_number(e.rates.tokens_s_gpu), noun(e.scenario.device.device_class));
  return text + ".";
}

/// Replicas that read prompts have a queue of their own.
std::string first_token_text(const Estimate& e) {
  const ServingTimes& t = *e.serving;
  if (!std::isfinite(t.ttft.in(units::s)))
    return "TTFT grows without end: more prompts come than the replicas that read them get through; tokens/s are what "
           "they let through.";
  return fmt::format(
      "TTFT {}: own prompt, {}{}.", ranged_text(t.ttft, t.ttft_range, e.grade),
      e.scenario.deployment.prefill > 0 ? "the queue before it and the way of its rows" : "those of others in flight",
      t.in_flight < e.batch ? ", and the wait for room in memory" : "");
}

}  // namespace

std::string roofs_text(const Device& d) {
  auto text = fmt::format("Roofs of one {}: {} of memory", noun(d.device_class), format_bandwidth(d.bandwidth));
  if (const auto peak = peak_rate(d, Compute::bf16))
    text += fmt::format(", {} in 16 bit; they meet at {} FLOP/B", format_rate(*peak),
                        short_number(ridge(d, Compute::bf16).in(units::flop / units::byte)));
  return text + ".";
}

ReportSection decode_section(const Estimate& e) {
  if (!e.decode) return {};
  ReportSection section{
      .title = fmt::format("Decode step of {} with {} cached tokens each: {}", with_thousands(e.batch),
                           with_thousands(e.scenario.workload.step_context()),
                           ranged_text(e.rates.step, e.step_range, e.grade)),
      .table = {.columns = {{"operator", Align::left},
                            {"layers"},
                            {"FLOP"},
                            {"bytes"},
                            {"FLOP/B"},
                            {"time"},
                            {"share"},
                            {"roof", Align::left}}}};
  auto& rows = section.table.rows;
  for (const auto& p : e.decode->parts)
    rows.push_back(row(operator_text(p.name), fmt::format("{:.0f}", p.count), p.traffic.cost(), p.timed, e.rates.step));
  rows.push_back(row("sum", "", e.decode->cost(), {e.decode->time(), e.decode->bound()}, e.rates.step));
  const Speculation& drafts = e.scenario.speculation;
  if (drafts.draft_tokens > 0)
    section.remarks.push_back(
        fmt::format("The step verifies {} drafts of each: {:.3g} tokens per step and conversation.",
                    drafts.draft_tokens, tokens_per_step(drafts)));
  section.remarks.insert(
      section.remarks.end(),
      {fmt::format("FLOP and bytes are of one {}{}: {}; times are {}.", noun(e.scenario.device.device_class),
                   e.scenario.deployment.pp > 1 ? " of each pipeline stage, all stages together" : "", labels_text(e),
                   name(e.grade)),
       roofs_text(e.scenario.device), rates_text(e),
       fmt::format("1% more bandwidth gives {:.2f}% more tokens/s, compute {:.2f}%, links {:.2f}%.",
                   e.sensitivity.bandwidth, e.sensitivity.compute, e.sensitivity.link)});
  return section;
}

ReportSection prefill_section(const Estimate& e) {
  if (!e.prefill) return {};
  const Cost cost = e.prefill->cost();
  ReportSection section{.title = fmt::format("Prefill of a prompt of {} tokens alone: TTFT {}",
                                             with_thousands(e.scenario.workload.prompt()),
                                             ranged_text(e.prefill->time(), e.first_token_range, e.grade))};
  section.remarks = {fmt::format("{} and {} per {}, {} tokens/s, {} roof.", format_flops(cost.flops),
                                 format_bytes(cost.bytes), noun(e.scenario.device.device_class),
                                 short_number(e.prefill_tokens_s), name(e.prefill->bound()))};
  return section;
}

ReportSection arrivals_section(const Estimate& e) {
  if (!e.arrivals) return {};
  const ArrivalState& a = *e.arrivals;
  ReportSection section{.title = fmt::format("Under {:.6g} requests/s: {:.0f}% of the {} that can be served",
                                             a.requests_s, 100 * a.utilisation(), short_number(a.most_requests_s))};
  if (a.overloaded()) {
    section.remarks = {fmt::format(
        "More arrive than are served: the queue grows without end. {} in flight at each replica is the most.",
        with_thousands(std::floor(a.most_in_flight)))};
    return section;
  }
  section.table = {.columns = {{"", Align::left}, {""}, {"", Align::left}}};
  auto& rows = section.table.rows;
  rows.push_back({"in flight at each replica", short_number(a.in_flight),
                  fmt::format("of {} at most", with_thousands(std::floor(a.most_in_flight)))});
  rows.push_back({"TPOT", format_seconds(a.tpot), "mean"});
  rows.push_back({"TTFT", format_seconds(a.ttft), "mean"});
  rows.push_back({"TTFT, 90% of requests", format_seconds(a.ttft_p90), "waits taken as exponential"});
  rows.push_back({"TTFT, 99% of requests", format_seconds(a.ttft_p99), ""});
  rows.push_back({"  of the mean: queue of prompts", format_seconds(a.queueing), ""});
  rows.push_back({"  of the mean: place for an answer", format_seconds(a.place), ""});
  if (a.transfer > Seconds{}) rows.push_back({"  of the mean: way of the rows", format_seconds(a.transfer), ""});
  return section;
}

ReportSection serving_section(const Estimate& e) {
  if (!e.serving || e.arrivals) return {};
  const ServingTimes& t = *e.serving;
  const Workload& w = e.scenario.workload;
  ReportSection section{
      .title = fmt::format("Serving {} at a time, a new prompt whenever an answer ends", with_thousands(t.in_flight))};
  section.remarks = {
      e.scenario.deployment.prefill > 0
          ? fmt::format("TPOT {}: the step alone, prompts are read elsewhere.",
                        ranged_text(t.tpot, t.tpot_range, e.grade))
          : fmt::format("TPOT {}: the step and its share of the prompts of {} tokens that are read meanwhile.",
                        ranged_text(t.tpot, t.tpot_range, e.grade), with_thousands(w.prompt())),
      first_token_text(e),
      "Tokens/s are of so many that decode all the time; plan counts users, who make none while their prompt is read."};
  return section;
}

}  // namespace roofcast::cli
