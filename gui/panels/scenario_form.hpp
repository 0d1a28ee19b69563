// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "gui/panels/field_edit.hpp"

namespace roofcast::gui {

/// Fields that stand beside each other.
using FormRow = std::vector<FormField>;

struct FormGroup {
  QString title{};
  std::vector<FormRow> rows{};
  bool open = true;  ///< unfolded at first
};

/// The form of a scenario: every field of a document once.
[[nodiscard]] std::vector<FormGroup> scenario_form();

}  // namespace roofcast::gui
