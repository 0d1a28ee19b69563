#pragma once

#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// (F1) The ways to cut the model of `s` into one replica on the device of `s`, at most `most_gpus` devices each; a
/// plan is some number of equal replicas. tp and pp are powers of two, as nodes are: tp within the scale-up domain, or
/// up to 8 where there is none. Experts are whole on every rank, or spread over all ranks of the replica, which then
/// may hold several DP ranks (`dp` > 1): the only ways that engines know. Without layouts that the model does not
/// divide into.
[[nodiscard]] std::vector<Deployment> layouts(const Scenario& s, int most_gpus);

}  // namespace roofcast
