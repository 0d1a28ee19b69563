// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {

/// What was typed into a field as the command line writes it: "0,9" is 0.9, "8.192" and "8,192" are 8192 in fields
/// of whole numbers. What is no number is left alone, and the field then says what is wrong with it.
[[nodiscard]] QString typed_number(const ScenarioField& field, const QString& typed);

}  // namespace roofcast::gui
