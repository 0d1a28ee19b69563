#include "core/comparison_notes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/assumptions.hpp"
#include "core/attention_override.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

/// "gqa:8, gqa:4 and mqa"
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

void add_problems(const Comparison& c, std::vector<std::string>& notes) {
  for (const auto& column : c.columns)
    for (const auto& e : column.problems) notes.push_back(fmt::format("{}: {}: {}", column.label, e.where, e.what));
}

/// Heads are replicated: the sharing does not reach the single GPU.
std::string footprint_note(const Comparison& c, const SharedFootprint& f) {
  std::vector<std::string> labels, copies;
  for (const auto i : f.columns) {
    const ComparisonColumn& column = c.columns[i];
    labels.push_back(column.label);
    if (column.copies > 1) copies.push_back(fmt::format("{} times with {}", column.copies, column.label));
  }
  const int tp = c.columns[f.columns.front()].at_maximum->scenario.deployment.tp;
  auto text = fmt::format(
      "{} store the same {} per token on each GPU: with --tp {} a GPU holds at least one whole KV head, so a token is "
      "stored {}. Fewer KV heads pay with fewer TP ranks and more replicas (--tp, --dp), or with "
      "decode context parallelism",
      listed(labels), whole_bytes(f.per_token_per_gpu), tp, listed(copies));
  if (f.dcp > 1)
    text += fmt::format(": --dcp {} stores {} per token and GPU for {}", f.dcp, whole_bytes(f.per_token_with_dcp),
                        c.columns[f.dcp_column].label);
  else
    text += " (--dcp)";
  return text;
}

/// Two columns are the same model with different attention.
bool attention_differs(const Comparison& c) {
  const auto is_variant = [](const ComparisonColumn& a, const ComparisonColumn& b) {
    const ModelSpec& x = a.at_maximum->scenario.model;
    const ModelSpec& y = b.at_maximum->scenario.model;
    return x.id == y.id && attention_label(x) != attention_label(y);
  };
  for (const auto& a : c.columns)
    for (const auto& b : c.columns)
      if (a.at_maximum && b.at_maximum && is_variant(a, b)) return true;
  return false;
}

/// Columns without speed, and why.
void add_empty_columns(const Comparison& c, std::vector<std::string>& notes) {
  std::vector<std::string> none, fewer;
  for (const auto& column : c.columns) {
    if (!column.at_maximum) continue;
    if (column.at_maximum->limits.max_batch_memory < 1)
      none.push_back(column.label);
    else if (column.at_common && !column.at_common->fits)
      fewer.push_back(column.label);
  }
  if (!none.empty()) notes.push_back(fmt::format("Not one conversation of this length fits with {}.", listed(none)));
  if (!fewer.empty())
    notes.push_back(fmt::format("{} conversations of this length do not fit with {}.", with_thousands(c.common_batch),
                                listed(fewer)));
}

/// Columns that run, but miss an SLO: with the batch that was asked for, or with one conversation.
void add_slow_columns(const Comparison& c, std::vector<std::string>& notes) {
  std::vector<std::string> slow;
  for (const auto& column : c.columns) {
    const auto& e = c.batch_given ? column.at_common : column.at_maximum;
    if (e && e->fits && !e->meets_slos) slow.push_back(column.label);
  }
  if (!slow.empty())
    notes.push_back(
        fmt::format("{} {} the SLOs with {}.",
                    c.batch_given ? counted(c.common_batch, "conversation") : std::string("Even one conversation"),
                    c.batch_given && c.common_batch != 1 ? "miss" : "misses", listed(slow)));
}

/// What overrides assume, each thing once.
void add_overrides(const Comparison& c, std::vector<std::string>& notes) {
  std::vector<std::string> said;
  for (const auto& column : c.columns) {
    if (!column.attention || !column.at_maximum) continue;
    const auto text = assumed(*column.attention);
    if (std::ranges::find(said, text) != said.end()) continue;
    said.push_back(text);
    std::vector<std::string> labels;
    for (const auto& other : c.columns)
      if (other.attention && other.at_maximum && assumed(*other.attention) == text) labels.push_back(other.label);
    notes.push_back(fmt::format("Assumed of {}: {}.", listed(labels), text));
  }
}

/// What times rest on, each fit once: its interval is that of the first column.
void add_times(const Comparison& c, std::vector<std::string>& notes) {
  std::vector<const ServingCalibration*> said;
  for (const auto& column : c.columns) {
    if (!column.at_maximum) continue;
    const Estimate& e = *column.at_maximum;
    const ServingCalibration* fit = serving_calibration(e.scenario);
    if (std::ranges::any_of(
            said, [&](const auto* s) { return (s == nullptr) == (fit == nullptr) && (s == fit || *s == *fit); }))
      continue;
    said.push_back(fit);
    notes.push_back("Times: " + times_basis(e.scenario, std::max(1.0, e.batch), e.scenario.workload.full_length()) +
                    ".");
  }
}

bool some_hold_none(const Comparison& c) {
  return std::ranges::any_of(c.columns,
                             [](const auto& column) { return column.at_maximum && !column.at_maximum->fits; });
}

}  // namespace

std::vector<std::string> comparison_notes(const Comparison& c) {
  std::vector<std::string> notes;
  add_problems(c, notes);
  add_empty_columns(c, notes);
  add_slow_columns(c, notes);
  for (const auto& f : c.shared) notes.push_back(footprint_note(c, f) + ".");
  if (const auto slos = binding_slos(c); !c.batch_given && c.common_batch >= 1)
    notes.push_back(fmt::format("{} each: as many as the smallest column {}{}; --batch sets another number.",
                                counted(c.common_batch, "conversation"),
                                some_hold_none(c) ? "that has room holds" : "holds",
                                slos.empty() ? "" : " within " + slos));
  add_overrides(c, notes);
  if (attention_differs(c)) {
    notes.emplace_back("Weights change too: K and V projections shrink and grow with the KV heads.");
    notes.emplace_back(
        "Left out: the quality of the answers, the training or uptraining that another attention needs, and whether "
        "kernels support it.");
  }
  add_times(c, notes);
  return notes;
}

}  // namespace roofcast
