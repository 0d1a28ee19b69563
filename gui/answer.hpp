// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/roofline_rows.hpp"
#include "core/chart/sweep_record.hpp"
#include "core/estimate.hpp"
#include "core/measured_row.hpp"
#include "gui/result_rows.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::gui {

/// The charts of a scenario, in the order of the tabs.
enum class ChartKind { limits, throughput, pareto, roofline, memory };

/// Rows of a measurement file, shared with who opened it.
using MeasuredRows = std::shared_ptr<const std::vector<MeasuredRow>>;

/// What the window asks for after an edit.
struct Question {
  std::uint64_t number = 0;
  SessionState state{};
  ChartKind chart = ChartKind::limits;
  std::optional<double> memory_context{};  ///< tokens of the memory chart's slider; absent: the scenario's own
  std::optional<Selection> selection{};
  MeasuredRows measured{};  ///< drawn under the roofs of their device; null: none are open
};

/// An attention variant and what its cache takes: "mqa", "16.0 KiB per token".
struct AttentionChoice {
  std::string word{};
  std::string cache{};
};

/// All that one state of the session shows. A value: made off the GUI thread, then read only.
struct Answer {
  Question question{};
  Errors errors{};  ///< why there is no estimate of the edited scenario
  std::optional<Estimate> estimate{};
  std::vector<std::string> names{};      ///< of the scenarios
  std::vector<int> replicas{};           ///< of each scenario; 0: it cannot be resolved
  ResultRows rows{};                     ///< of the table, or of the frontier where that is shown
  std::vector<SweepRecord> records{};    ///< the same rows as values
  Result<Figure> figure{};               ///< of question.chart
  std::vector<RooflineRow> operators{};  ///< that the roofline has marks for; empty on other charts
  std::optional<Estimate> selected{};    ///< of the selection
  Errors selection_errors{};             ///< why there is none
  std::optional<Bytes> kv_per_token{};   ///< of the model as it is typed, whatever else is wrong
  std::vector<AttentionChoice> attentions{};
  std::vector<std::string> notes{};
  double milliseconds = 0;
};

[[nodiscard]] Answer answered(Question question, const PresetRoots& roots);

}  // namespace roofcast::gui
