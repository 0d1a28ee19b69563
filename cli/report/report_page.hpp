#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/comparison.hpp"
#include "core/estimate.hpp"
#include "core/plan/plan.hpp"
#include "core/remedies.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::cli {

/// A picture for light and for dark pages, as SVG.
struct ReportChart {
  std::string title{};
  std::string light{};
  std::string dark{};
};

/// What a report tells of.
struct ReportContent {
  ScenarioDocument document{};
  Estimate estimate{};
  std::vector<Remedy> remedies{};          ///< where it does not fit
  std::optional<Comparison> comparison{};  ///< of attention variants; absent: the model has no other form
  std::optional<Plan> plan{};              ///< other layouts for as many users; absent: no prompts and answers
  std::vector<ReportChart> charts{};
  std::string no_charts{};  ///< why there are none
};

/// One self-contained HTML file.
[[nodiscard]] std::string report_page(const ReportContent& content);

}  // namespace roofcast::cli
