#include <algorithm>
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

std::vector<std::string> row(std::string title, std::string layers, const Cost& cost, const Timed& timed,
                             Seconds whole) {
  return {
      std::move(title),     std::move(layers),          flops_text(cost.flops),      bytes_text(cost),
      intensity_text(cost), format_seconds(timed.time), percent(timed.time / whole), std::string(name(timed.bound))};
}

std::string roofs_text(const Device& d) {
  auto text = fmt::format("Roofs of one {}: {} of memory", noun(d.device_class), format_bandwidth(d.bandwidth));
  if (const auto peak = peak_rate(d, Compute::bf16))
    text += fmt::format(", {} in 16 bit; they meet at {} FLOP/B", format_rate(*peak),
                        short_number(ridge(d, Compute::bf16).in(units::flop / units::byte)));
  return text + ".";
}

std::string rates_text(const Estimate& e) {
  auto text = fmt::format("{} tokens/s per user, {} in all", short_number(e.rates.tokens_s_user),
                          short_number(e.rates.tokens_s));
  if (e.scenario.deployment.gpus() > 1)
    text += fmt::format(", {} per {}", short_number(e.rates.tokens_s_gpu), noun(e.scenario.device.device_class));
  return text + ".";
}

}  // namespace

ReportSection decode_section(const Estimate& e) {
  if (!e.decode) return {};
  ReportSection section{
      .title =
          fmt::format("Decode step of {} with {} cached tokens each: {} ({})", with_thousands(e.batch),
                      with_thousands(e.scenario.workload.step_context()), format_seconds(e.rates.step), name(e.grade)),
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
  section.remarks = {
      fmt::format("FLOP and bytes are of one {}{} and exact, times are {}.", noun(e.scenario.device.device_class),
                  e.scenario.deployment.pp > 1 ? " of each pipeline stage, all stages together," : "", name(e.grade)),
      roofs_text(e.scenario.device), rates_text(e),
      fmt::format("1% more bandwidth gives {:.2f}% more tokens/s, compute {:.2f}%, links {:.2f}%.",
                  e.sensitivity.bandwidth, e.sensitivity.compute, e.sensitivity.link)};
  return section;
}

ReportSection prefill_section(const Estimate& e) {
  if (!e.prefill) return {};
  const Cost cost = e.prefill->cost();
  ReportSection section{.title = fmt::format("Prefill of a prompt of {} tokens alone: TTFT {} ({})",
                                             with_thousands(e.scenario.workload.prompt()),
                                             format_seconds(e.prefill->time()), name(e.grade))};
  section.remarks = {fmt::format("{} and {} per {} (exact), {} tokens/s, {} roof.", format_flops(cost.flops),
                                 format_bytes(cost.bytes), noun(e.scenario.device.device_class),
                                 short_number(e.prefill_tokens_s), name(e.prefill->bound()))};
  return section;
}

}  // namespace roofcast::cli
