#pragma once

#include <vector>

#include "core/deployment.hpp"
#include "core/engine.hpp"
#include "core/expert_routing.hpp"
#include "core/model_spec.hpp"
#include "core/operator.hpp"
#include "core/overlap.hpp"

namespace roofcast {

/// A model on a deployment as the operators that one token passes through: every layer of every
/// pipeline stage, as one rank of its stage sees it. Compile once, evaluate for many loads.
struct StepPlan {
  std::vector<Operator> operators{};
  int pp = 1;
  double stage_imbalance = 1;  ///< layers of the largest stage x pp / all layers (D6)

  Overlap overlap = Overlap::none;  ///< of decode steps; a prompt alone has nothing to take turns with

  std::vector<Operator> draft{};  ///< of the draft model; empty: drafts cost nothing, or there are none
  double draft_steps = 0;         ///< passes of the draft model in one decode step
  double queries = 1;             ///< tokens of a sequence that one decode step computes: its drafts and one more
  double tokens_per_step = 1;     ///< (D11) that a sequence gains in it
};

/// @pre deployment_errors(model, d) is empty.
/// `pool`: whose rows a cached token is read as, see stored_row_bytes.
[[nodiscard]] StepPlan step_plan(const ModelSpec& model, const Deployment& d, const KvFormat& kv,
                                 PoolRule pool = PoolRule::grouped_pages, const ExpertRouting& routing = {});

}  // namespace roofcast
