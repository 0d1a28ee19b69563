// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/key_figures.hpp"

#include <fmt/format.h>

#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

/// "27.1 ms" and "22.0 ms – 33.4 ms"
KeyFigure ranged(const QString& title, Seconds time, const TimeRange& range) {
  KeyFigure f{.title = title, .value = text(format_seconds(time))};
  if (range.high) f.range = text(fmt::format("{} – {}", format_seconds(range.low), format_seconds(*range.high)));
  return f;
}

QString rate(double value) {
  return text(value >= 1000 ? with_thousands(value) : fmt::format("{:.3g}", value));
}

/// Never cut between a number and its unit.
QString unbroken(const QString& words) {
  return words.toHtmlEscaped().replace(' ', "&nbsp;");
}

void add_speed(std::vector<KeyFigure>& out, const Estimate& e) {
  if (!e.decode) return;
  out.push_back(ranged(tr("Step"), e.rates.step, e.step_range));
  out.push_back({tr("Bound"), text(name(e.decode->bound()))});
  if (e.serving) {
    out.push_back(ranged(tr("TPOT"), e.serving->tpot, e.serving->tpot_range));
    out.push_back(ranged(tr("TTFT"), e.serving->ttft, e.serving->ttft_range));
  } else if (e.prefill) {
    out.push_back(ranged(tr("TTFT"), e.prefill->time(), e.first_token_range));
  }
  out.push_back({tr("Tokens/s per user"), rate(e.rates.tokens_s_user)});
  out.push_back({tr("Tokens/s in all"), rate(e.rates.tokens_s)});
  if (e.scenario.deployment.gpus() > 1) out.push_back({tr("Tokens/s per GPU"), rate(e.rates.tokens_s_gpu)});
}

void add_limits(std::vector<KeyFigure>& out, const Estimate& e) {
  out.push_back(
      {tr("Most sequences"), text(fmt::format("{} ({})", with_thousands(e.limits.max_batch), name(e.limits.binding)))});
  if (e.limits.max_context) out.push_back({tr("Longest context"), text(with_thousands(*e.limits.max_context))});
  out.push_back({tr("KV pool per GPU"), text(format_bytes(e.memory.kv_pool))});
  out.push_back({tr("Weights per GPU"), text(format_bytes(e.memory.weights))});
}

}  // namespace

std::vector<KeyFigure> key_figures(const Estimate& e) {
  std::vector<KeyFigure> out;
  add_speed(out, e);
  out.push_back({tr("Grade"), text(name(e.grade))});
  add_limits(out, e);
  if (e.usd_hour) out.push_back({tr("USD per hour"), text(fmt::format("{:.2f}", *e.usd_hour))});
  if (e.usd_mtok_output) out.push_back({tr("USD per M tokens"), text(fmt::format("{:.3g}", *e.usd_mtok_output))});
  return out;
}

QString figures_html(const std::vector<KeyFigure>& figures) {
  QString html = "<table cellspacing='0' cellpadding='1' width='100%'>";
  for (const auto& f : figures)
    html += QString(
                "<tr><td style='white-space:nowrap'>%1&nbsp;</td><td align='right'>"
                "<small>%3</small> <b>%2</b></td></tr>")
                .arg(f.title.toHtmlEscaped(), unbroken(f.value), unbroken(f.range));
  return html + "</table>";
}

}  // namespace roofcast::gui
