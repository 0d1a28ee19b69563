#pragma once

/// Planning questions that are small enough to be answered by trying everything.

#include "core/plan/plan_request.hpp"
#include "tests/support/toy_scenario.hpp"

namespace roofcast::tests {

/// The toy model with prompts of 60 and answers of 40 tokens: 10 full-length sequences fit on one toy device.
inline PlanRequest toy_request(double rps = 1) {
  PlanRequest r{.base = toy_scenario(), .devices = {toy_device()}, .demand = {.amount = rps}};
  r.base.workload = {.isl = 60, .osl = 40};
  return r;
}

}  // namespace roofcast::tests
