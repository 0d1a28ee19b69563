#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "core/plan/plan_row.hpp"

namespace roofcast {

/// An SLO that some layout keeps with the devices that there may be: asking for it succeeds.
struct NearestSlo {
  FeltTimes times{};
  std::size_t failure = 0;  ///< of Plan::failures: the layout that keeps it
  bool tpot_alone = false;  ///< with the TTFT SLO as it was asked for
  bool ttft_alone = false;  ///< with the TPOT SLO as it was asked for
};

/// The deployments that serve a demand, best first, and why the others do not.
struct Plan {
  PlanRequest request{};
  Objective ranked_by = Objective::cost;  ///< the objective, or gpus where no price or power is known
  std::vector<PlanRow> rows{};
  std::vector<std::size_t> frontier{};  ///< rows that no other beats in cost (or GPUs) and TPOT both, cheapest first
  std::vector<PlanFailure> failures{};
  std::vector<NearestSlo> nearest{};  ///< where there are no rows; empty: no SLO would help
  std::vector<std::string> assumptions{};
};

/// THE FACADE for `plan`: every device, layout and format of the request, each with the fewest replicas that serve the
/// demand (F5). Errors only when the question makes no sense, or when `stop` was requested before the end; "none does"
/// is an answer.
[[nodiscard]] Result<Plan> plan(const PlanRequest& r, const std::stop_token& stop = {});

/// First row of each device and formats, in order: the layouts of one device otherwise fill the ranking.
[[nodiscard]] std::vector<std::size_t> best_of_each(const Plan& p);

/// Those of best_of_each that front ends list: as many as are examined, and the best of every device beyond.
[[nodiscard]] std::vector<std::size_t> listed_rows(const Plan& p);

/// Figure that the ranking goes by, smaller is better; infinity where it is not known.
[[nodiscard]] double rank_key(const PlanRow& row, Objective by);

}  // namespace roofcast
