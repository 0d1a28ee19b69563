#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate.hpp"
#include "core/record_table.hpp"

namespace roofcast {

enum class Phase { decode, prefill };

[[nodiscard]] constexpr std::string_view name(Phase p) {
  return p == Phase::decode ? "decode" : "prefill";
}

/// One operator of a step under the roofs of one GPU.
struct RooflineRow {
  Phase phase = Phase::decode;
  double batch = 1;  ///< sequences of a decode step; 1 for a prompt
  std::string op{};  ///< "qkv_proj"
  double layers = 0;
  Cost cost{};       ///< of all layers
  Timed timed{};     ///< likewise
  double share = 0;  ///< of the step's time, 0..1
  FlopsPerSecond attained{};
  std::optional<FlopsPerSecond> roof{};  ///< what this intensity allows; absent: nothing is computed or read
  std::string roof_name{};               ///< "HBM3", "bf16"; empty without a roof
  Grade grade = Grade::theoretical;
};

/// (R3) What the roofs allow at the cost's intensity: min(peak, bandwidth x FLOP / byte).
[[nodiscard]] FlopsPerSecond allowed_rate(const Cost& cost, const Roof& roof);

/// Every operator of a decode step for each batch, then of a prompt: `phases` in their order. Batches that do not fit
/// are answered all the same: a roofline asks how fast, not whether. Errors: as estimate().
[[nodiscard]] Result<std::vector<RooflineRow>> roofline_rows(const Scenario& scenario, std::span<const Phase> phases,
                                                             std::span<const double> batches);

/// Of the least certain row; theoretical for none.
[[nodiscard]] Grade certainty(std::span<const RooflineRow> rows);

/// One record per row, as text, CSV and JSON show them.
[[nodiscard]] RecordTable roofline_records(std::span<const RooflineRow> rows);

}  // namespace roofcast
