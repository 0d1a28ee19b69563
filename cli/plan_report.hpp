#pragma once

#include <string>

#include "cli/report_section.hpp"
#include "core/plan/plan.hpp"

namespace roofcast::cli {

/// The answer first, then its arithmetic, the ranking, how sure it is, the command that starts it, why the others fail,
/// assumptions.
[[nodiscard]] std::string plan_report(const Plan& p, const Terminal& terminal);

/// The best layout of each device, at most as many as the request examines. @pre the plan has rows.
[[nodiscard]] ReportSection ranking_section(const Plan& p);

/// The layouts that no other beats in cost (or GPUs) and TPOT both. @pre the plan has rows.
[[nodiscard]] ReportSection frontier_section(const Plan& p);

/// Why layouts fail, those of one device with one cause on a line.
[[nodiscard]] ReportSection failures_section(const Plan& p);

/// Margins, intervals and what a tenth more of each resource would change, of one row.
[[nodiscard]] ReportSection robustness_section(const Plan& p, const PlanRow& row);

}  // namespace roofcast::cli
