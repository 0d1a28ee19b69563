#include <cmath>

#include <fmt/format.h>

#include "cli/estimate_report.hpp"
#include "cli/figure_text.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"

namespace roofcast::cli {
namespace {

std::string slo_text(const Workload& w) {
  std::string text;
  if (w.tpot_slo) text += "--tpot " + format_seconds(*w.tpot_slo);
  if (w.ttft_slo) text += (text.empty() ? "--ttft " : ", --ttft ") + format_seconds(*w.ttft_slo);
  return text;
}

/// Two digits, as vLLM logs it.
std::string concurrency_text(double n) {
  if (!std::isfinite(n)) return "no end";
  return n < 1000 ? fmt::format("{:.2f}x", n) : with_thousands(n) + "x";
}

/// Memory may hold more than the model was made for.
std::string context_remark(const Estimate& e) {
  const double declared = e.scenario.model.max_context;
  if (declared > 0 && e.limits.max_context.value_or(declared + 1) > declared)
    return fmt::format("model: {}", with_thousands(declared));
  return e.limits.max_context ? "tokens" : "";
}

std::string count_or_no_end(double n) {
  return std::isfinite(n) ? with_thousands(n) : "no end";
}

}  // namespace

ReportSection limits_section(const Estimate& e) {
  const Limits& l = e.limits;
  const Workload& w = e.scenario.workload;
  ReportSection section{.title = e.scenario.deployment.dp > 1 ? "Limits of one replica" : "Limits",
                        .table = {.columns = {{"", Align::left}, {""}, {"", Align::left}, {"", Align::left}}}};
  auto& rows = section.table.rows;
  rows.push_back({fmt::format("conversations of {}", length_text(w)), with_thousands(l.max_batch_memory),
                  concurrency_text(l.concurrency_full) + " concurrency", "estimated"});
  rows.push_back({fmt::format("of {} tokens, the mean length", with_thousands(w.mean_length())),
                  with_thousands(l.max_batch_mean), concurrency_text(l.concurrency_mean), "estimated"});
  if (l.max_batch_slo)
    rows.push_back({"that keep " + slo_text(w), count_or_no_end(*l.max_batch_slo),
                    l.max_batch_slo_low ? "at worst " + count_or_no_end(*l.max_batch_slo_low) : "",
                    std::string(name(e.grade))});
  rows.push_back({fmt::format("longest context of {}", with_thousands(std::max(1.0, e.batch))),
                  l.max_context ? with_thousands(*l.max_context) : "no end", context_remark(e), "estimated"});
  rows.push_back({"batch where compute takes over", l.ridge_batch ? with_thousands(*l.ridge_batch) : "none",
                  l.ridge_batch ? "conversations" : "that fits", std::string(name(e.grade))});
  section.remarks = {"Binds: " + binding_text(e) + "."};
  if (e.batch > l.max_sequences_engine)
    section.remarks.push_back(fmt::format("{} stops at {} sequences unless told otherwise (--max-num-seqs).",
                                          e.scenario.engine.name, with_thousands(l.max_sequences_engine)));
  return section;
}

}  // namespace roofcast::cli
