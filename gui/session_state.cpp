// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session_state.hpp"

#include <fmt/format.h>

namespace roofcast::gui {

ScenarioDocument selected_document(const SessionState& state, const Selection& selection) {
  const bool pinned = selection.scenario > 0 && selection.scenario <= state.pins.size();
  ScenarioDocument d = pinned ? state.pins[selection.scenario - 1] : state.document;
  if (selection.batch) {
    d.batch = fmt::format("{:.0f}", *selection.batch);
    d.rps.reset();  // the batch is what follows from it
  }
  if (selection.context) {
    d.context = fmt::format("{:.0f}", *selection.context);
    for (auto* length : {&d.isl, &d.osl, &d.isl_histogram, &d.osl_histogram}) length->reset();
  }
  if (selection.tp) {
    d.tp = fmt::format("{}", *selection.tp);
    d.gpus.reset();
  }
  return d;
}

}  // namespace roofcast::gui
