// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "gui/answer.hpp"

namespace roofcast::gui {

/// A question with its scenario, to start from.
struct WorkedExample {
  QString title{};
  QString about{};
  SessionState state{};
  ChartKind chart = ChartKind::limits;
};

[[nodiscard]] std::vector<WorkedExample> worked_examples();

}  // namespace roofcast::gui
