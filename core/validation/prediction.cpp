#include "core/validation/prediction.hpp"

#include <array>

namespace roofcast {
namespace {

constexpr std::array kKernel{FigureKind{"latency_us", "predicted_us", "low_us", "high_us"}};
constexpr std::array kServing{FigureKind{"ttft_ms", "predicted_ttft_ms", "low_ttft_ms", "high_ttft_ms"},
                              FigureKind{"tpot_ms", "predicted_tpot_ms", "low_tpot_ms", "high_tpot_ms"}};
constexpr std::array kPool{
    FigureKind{.name = "kv_pool_gib", .predicted = "predicted_kv_pool_gib", .time = false},
    FigureKind{.name = "kv_tokens", .predicted = "predicted_kv_tokens", .time = false},
    FigureKind{.name = "max_concurrency", .predicted = "predicted_max_concurrency", .time = false}};

}  // namespace

std::span<const FigureKind> figure_kinds(std::size_t op) {
  if (op == MeasuredCall{ServingRun{}}.index()) return kServing;
  if (op == MeasuredCall{CacheStart{}}.index()) return kPool;
  return kKernel;
}

std::optional<double> measured_value(const MeasuredRow& row, std::size_t figure) {
  if (const auto* run = std::get_if<ServingRun>(&row.call)) return figure == 0 ? run->ttft_ms : run->tpot_ms;
  if (const auto* start = std::get_if<CacheStart>(&row.call))
    return figure == 0 ? start->kv_pool_gib : figure == 1 ? start->kv_tokens : start->max_concurrency;
  return row.latency_us;
}

std::optional<std::size_t> scored_figure(const MeasuredRow& row) {
  if (std::holds_alternative<ServingRun>(row.call)) return 1;
  for (std::size_t figure = 0; figure < figure_kinds(row.call.index()).size(); ++figure)
    if (measured_value(row, figure)) return figure;
  return {};
}

Prediction no_prediction(std::string reason) {
  return {.reason = std::move(reason)};
}

}  // namespace roofcast
