#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/chart/chart.hpp"
#include "core/chart/throughput_figure.hpp"
#include "core/estimate.hpp"

namespace roofcast {

/// Where the memory of one GPU goes: one bar.
struct MemoryBar {
  std::string name{};
  Bytes weights{};
  Bytes overhead{};
  Bytes kv_used{};
  Bytes kv_free{};
  Bytes unusable{};                 ///< what the engine leaves alone
  std::optional<Bytes> capacity{};  ///< absent: not known
  std::string problem{};            ///< what does not fit; empty: all does
};

/// The tightest GPU of an estimate, at its batch.
[[nodiscard]] MemoryBar memory_bar(std::string name, const Estimate& e);

/// Stacked bars, one per deployment, in GiB of one GPU, with its capacity as a guide where all have the same.
/// Exact as far as weights and cache go, theoretical with an overhead.
[[nodiscard]] Figure memory_figure(std::span<const MemoryBar> bars, const ChartSubject& subject);

}  // namespace roofcast
