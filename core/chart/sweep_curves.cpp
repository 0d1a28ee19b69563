#include "core/chart/sweep_curves.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/chart/finished_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/chart/sweep_names.hpp"
#include "core/chart/sweep_rows.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

ConcurrencyPoint concurrency_point(const SweepRecord& r, const ChartSlos& slos) {
  ConcurrencyPoint p{.concurrency = r.dp * r.batch,
                     .tokens_s = *r.tokens_s,
                     .tokens_s_user = *r.tokens_s_user,
                     .grade = r.grade,
                     .keeps_slos = !missed_slo(r, slos).any};
  // Rates lie as far from their step's as the step from its interval.
  if (r.step_ms && r.step_high_ms) p.user_low = p.tokens_s_user * *r.step_ms / *r.step_high_ms;
  if (r.step_ms && r.step_low_ms && *r.step_low_ms > 0) p.user_high = p.tokens_s_user * *r.step_ms / *r.step_low_ms;
  return p;
}

/// What a length is: the same context may be of other prompts, with other speeds.
struct LengthTerms {
  std::optional<double> isl{};
  std::optional<double> osl{};
  double context = 0;

  friend auto operator<=>(const LengthTerms&, const LengthTerms&) = default;
};

LengthTerms length_terms(const SweepRecord& r) {
  return {r.isl, r.osl, r.context};
}

/// A length with what its rows say.
struct LengthLimit {
  LengthTerms terms{};
  double memory = 0;      ///< sequences that fit, all replicas
  double kept = 0;        ///< the largest concurrency of the sweep that keeps the SLOs
  std::size_t rows = 0;   ///< of this length
  bool too_slow = false;  ///< a batch that fits misses an SLO
  std::optional<Limit> which{};
};

void add_row(std::vector<LengthLimit>& lengths, const SweepRecord& r, const ChartSlos& slos) {
  auto at = std::ranges::find(lengths, length_terms(r), &LengthLimit::terms);
  if (at == lengths.end())
    at = lengths.insert(at, {.terms = length_terms(r), .memory = r.dp * r.max_batch_memory.value_or(0)});
  ++at->rows;
  if (!has_speed(r)) return;
  if (const auto m = missed_slo(r, slos); !m.any) {
    at->kept = std::max(at->kept, r.dp * r.batch);
  } else {
    at->too_slow = true;
    at->which = m.which;
  }
}

/// A sweep without batches has one row a length, at the largest that fits and keeps the SLOs it was given.
bool batches_are_limits(std::span<const SweepRecord> records) {
  const auto other = [&](const auto& r) { return r.batch > 0 && r.batch != records.front().batch; };
  return std::ranges::any_of(records, other);
}

/// With an SLO what fits beyond the largest batch of the sweep was never judged by it.
LimitPoint limit_point(const LengthLimit& l, bool batches_are_limits, bool judged) {
  const bool unknown = judged && l.rows > 1 && l.kept > 0 && l.kept < l.memory;
  const bool slo = l.too_slow || unknown || (batches_are_limits && l.rows == 1 && l.kept < l.memory);
  return {.context = l.terms.context,
          .concurrency = slo ? l.kept : l.memory,
          .binding = slo ? l.which : std::optional{Limit::memory}};
}

/// One context is of several prompts: points over it would be of one line and yet not of one law.
bool contexts_are_ambiguous(std::span<const SweepRecord> records) {
  std::set<LengthTerms> lengths;
  std::set<double> contexts;
  for (const auto& r : records) {
    lengths.insert(length_terms(r));
    contexts.insert(r.context);
  }
  return lengths.size() > contexts.size();
}

/// "gqa:8, 1,024 written"
std::string with_output(const std::string& variant, const SweepRecord& r) {
  return r.osl ? fmt::format("{}, {} written", variant, with_thousands(*r.osl)) : variant;
}

}  // namespace

std::vector<ConcurrencyCurve> concurrency_curves(std::span<const SweepRecord> records, const ChartSlos& slos) {
  const SweepNames names{records};
  NameOrder variants, lengths;
  std::vector<ConcurrencyCurve> out;
  for (const auto& r : records) {
    const auto variant = names.variant(r);
    auto& curve = named(out, with_length(variant, names.length(r)));
    curve.style = variants.index(variant);
    curve.length_style = lengths.index(names.length(r));
    if (const auto m = missed_slo(r, slos); m.any && !curve.slo) curve.slo = m.which;
    if (has_speed(r))
      curve.points.push_back(concurrency_point(r, slos));
    else if (curve.points.empty())
      curve.problem = r.reason.empty() ? std::string(name(r.status)) : r.reason;
    if (r.max_batch_memory && r.batch >= *r.max_batch_memory) curve.memory_limit = r.dp * *r.max_batch_memory;
  }
  for (auto& c : out) {
    std::ranges::sort(c.points, {}, &ConcurrencyPoint::concurrency);
    if (!c.points.empty()) c.problem.clear();
  }
  return out;
}

std::vector<LimitCurve> limit_curves(std::span<const SweepRecord> records, const ChartSlos& slos) {
  const SweepNames names{records};
  std::vector<LimitCurve> out;
  std::vector<std::vector<LengthLimit>> lengths;  // of each curve
  const bool by_batch = batches_are_limits(records), by_output = contexts_are_ambiguous(records);
  for (const auto& r : records) {
    auto& curve = named(out, by_output ? with_output(names.variant(r), r) : names.variant(r));
    lengths.resize(out.size());
    curve.style = static_cast<int>(&curve - out.data());
    if (r.max_batch_memory) add_row(lengths[static_cast<std::size_t>(curve.style)], r, slos);
    if (!r.max_batch_memory) curve.problem = r.reason;
    if (missed_slo(r, slos).any) curve.grade = less_certain(curve.grade, r.grade);
  }
  for (auto& curve : out) {
    for (const auto& l : lengths[static_cast<std::size_t>(curve.style)])
      curve.points.push_back(limit_point(l, by_batch, slos.tpot || slos.ttft));
    std::ranges::sort(curve.points, {}, &LimitPoint::context);
    curve.ends = std::erase_if(curve.points, [](const LimitPoint& p) { return p.concurrency < 1; }) > 0;
    if (!curve.points.empty())
      curve.problem.clear();
    else if (curve.problem.empty())
      curve.problem = "not one sequence fits and keeps the SLOs";
  }
  return out;
}

}  // namespace roofcast
