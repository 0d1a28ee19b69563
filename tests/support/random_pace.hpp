#pragma once

/// Random serving fits for property tests: the same seed gives the same fit on every machine.

#include "tests/support/random_model.hpp"

namespace roofcast::tests {

/// Every field anywhere between its bounds.
inline ServingPace random_pace(int seed) {
  ServingPace pace;
  for (std::size_t i = 0; i < kPaceFields; ++i) {
    const auto& f = pace_fields()[i];
    f.write(pace, f.least + (f.most - f.least) * ((seed * 7 + static_cast<int>(i) * 13) % 11) / 10.0);
  }
  return pace;
}

/// random_scenario with a fit of its engine, in whose ranges some batches and lengths are.
inline Scenario random_fitted_scenario(int seed) {
  Dice dice{seed + 86028121};
  Scenario s = random_scenario(seed);
  s.engine.serving = {{.engine = s.engine.id,
                       .experts = dice.coin(),
                       .hardware = {s.device.id},
                       .pace = random_pace(seed),
                       .range = {.most_gpus = dice.one_of({1, 8}),
                                 .most_batch = static_cast<double>(dice.between(1, 64)),
                                 .most_tokens = static_cast<double>(dice.between(1, 200'000))},
                       .small_batch = {.low = 0.8, .high = 1.5},
                       .large_batch = {.low = 0.5, .high = 2},
                       .first_token = {.low = 0.25, .high = 4}}};
  return s;
}

}  // namespace roofcast::tests
