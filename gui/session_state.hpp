// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/chart/roofline_rows.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {

/// What an undo brings back: the scenario that is edited and those pinned beside it.
struct SessionState {
  ScenarioDocument document{};
  std::vector<ScenarioDocument> pins{};

  friend bool operator==(const SessionState&, const SessionState&) = default;
};

/// An operator of the step that is inspected.
struct SelectedOperator {
  Phase phase = Phase::decode;
  std::string name{};  ///< "qkv_proj"
  int nth = 0;         ///< of the operators of that name: layers of two kinds have one each

  friend bool operator==(const SelectedOperator&, const SelectedOperator&) = default;
};

/// One point that charts, table and inspector all show: a scenario of the state, and what it changes in it.
struct Selection {
  std::size_t scenario = 0;  ///< 0: the one that is edited; then the pins
  std::optional<double> batch{};
  std::optional<double> context{};
  std::optional<int> tp{};
  std::optional<SelectedOperator> op{};

  friend bool operator==(const Selection&, const Selection&) = default;
};

/// A document with what the selection says instead; its other fields stay as typed.
[[nodiscard]] ScenarioDocument selected_document(const SessionState& state, const Selection& selection);

/// Pins more than this are refused: charts show no more curves (core/chart/series_style.hpp).
inline constexpr std::size_t kMostPins = 15;

}  // namespace roofcast::gui
