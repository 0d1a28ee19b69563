#pragma once

#include <vector>

#include "core/deployment.hpp"
#include "core/engine.hpp"
#include "core/model_spec.hpp"
#include "core/operator.hpp"

namespace roofcast {

/// A model on a deployment as the operators that one token passes through: every layer of every
/// pipeline stage, as one rank of its stage sees it. Compile once, evaluate for many loads.
struct StepPlan {
  std::vector<Operator> operators{};
  int pp = 1;
  double stage_imbalance = 1;  ///< layers of the largest stage x pp / all layers (D6)
};

/// @pre deployment_errors(model, d) is empty.
/// `pool`: whose rows a cached token is read as, see stored_row_bytes.
[[nodiscard]] StepPlan step_plan(const ModelSpec& model, const Deployment& d, const KvFormat& kv,
                                 PoolRule pool = PoolRule::grouped_pages);

}  // namespace roofcast
