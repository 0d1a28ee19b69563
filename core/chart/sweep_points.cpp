#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/chart/series_style.hpp"
#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_names.hpp"
#include "core/chart/sweep_rows.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {

std::vector<ParetoPoint> pareto_points(std::span<const SweepRecord> records, const ChartSlos& slos) {
  const SweepNames names{records};
  NameOrder variants;
  std::vector<ParetoPoint> out;
  for (const auto& r : records) {
    const auto variant = names.variant(r);
    const int style = variants.index(variant);
    if (!has_speed(r) || !r.tokens_s_gpu) continue;
    auto text =
        fmt::format("{}, batch {}: {:.4g} tokens/s per user, {:.4g} per GPU", with_length(variant, names.length(r)),
                    with_thousands(r.batch), *r.tokens_s_user, *r.tokens_s_gpu);
    if (r.usd_mtok) text += fmt::format(", {:.3g} USD per million tokens", *r.usd_mtok);
    out.push_back({.variant = variant,
                   .style = style,
                   .load = names.load(r),
                   .tokens_s_user = *r.tokens_s_user,
                   .tokens_s_gpu = *r.tokens_s_gpu,
                   .usd_mtok = r.usd_mtok,
                   .grade = r.grade,
                   .keeps_slos = !missed_slo(r, slos).any,
                   .text = std::move(text)});
  }
  return out;
}

std::vector<MemoryBar> memory_bars(std::span<const SweepRecord> records) {
  const SweepNames names{records};
  std::vector<MemoryBar> out;
  std::vector<double> batches;  // of the bars
  for (const auto& r : records) {
    if (!r.weights_gib) continue;
    const bool fits = has_speed(r) && r.kv_gib;
    const auto name = with_length(names.variant(r), names.length(r));
    auto& bar = named(out, name);
    const auto at = static_cast<std::size_t>(&bar - out.data());
    batches.resize(out.size(), 0);
    if (!fits || r.batch < batches[at]) {
      if (batches[at] == 0) {
        bar.weights = *r.weights_gib * units::GiB;
        bar.problem = r.reason;
      }
      continue;
    }
    batches[at] = r.batch;
    bar = {.name = name, .weights = *r.weights_gib * units::GiB, .kv_used = *r.kv_gib * units::GiB};
    const double free = std::max(0.0, r.max_batch_memory.value_or(r.batch) - r.batch);
    bar.kv_free = free / r.batch * bar.kv_used;
  }
  return out;
}

std::vector<ChartSeries> step_marks(std::span<const SweepRecord> records) {
  const SweepNames names{records};
  NameOrder variants;
  std::vector<ChartSeries> out;
  for (const auto& r : records) {
    const auto variant = names.variant(r);
    const int style = variants.index(variant);
    if (!r.flops || !r.intensity || !r.step_ms || *r.step_ms <= 0) continue;
    const bool known = std::ranges::find(out, variant, &ChartSeries::name) != out.end();
    auto& series = named(out, variant);
    if (!known) series = styled_series(variant, SeriesShape::line_with_marks, style);
    const auto rate = *r.flops * units::flop / (*r.step_ms * units::ms);
    series.points.push_back(
        {.x = *r.intensity,
         .y = rate.in(units::flop / units::s),
         .text = fmt::format("{}, batch {}: {:.3g} FLOP/B, {}", with_length(variant, names.length(r)),
                             with_thousands(r.batch), *r.intensity, format_rate(rate))});
  }
  for (auto& s : out) std::ranges::stable_sort(s.points, {}, &ChartPoint::x);
  return out;
}

}  // namespace roofcast
