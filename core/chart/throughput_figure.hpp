#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/chart/chart.hpp"
#include "core/chart/concurrency_curve.hpp"

namespace roofcast {

/// What a chart is of, in words, and the limits that are drawn into it.
struct ChartSubject {
  std::string title{};     ///< "Llama 3.1 8B on 1x H100 SXM5"
  std::string subtitle{};  ///< "32,768 tokens, vLLM"
  std::optional<Seconds> tpot_slo{};
};

/// Tokens/s, and tokens/s per user, against concurrent sequences: a curve per variant with its interval, dotted where
/// an SLO is missed, each end labelled with what sets it.
[[nodiscard]] Figure throughput_figure(std::span<const ConcurrencyCurve> curves, const ChartSubject& subject);

/// "TPOT 40.0 ms"
[[nodiscard]] std::string slo_text(Seconds tpot);

}  // namespace roofcast
