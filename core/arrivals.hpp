#pragma once

#include "core/compiled_scenario.hpp"

namespace roofcast {

/// (W4) The steady state under requests that arrive at a rate of their own, one replica of several that share them.
struct ArrivalState {
  double requests_s = 0;       ///< at the whole deployment
  double most_requests_s = 0;  ///< that it can serve
  double in_flight = 0;        ///< sequences that decode together at each replica, on average
  double most_in_flight = 0;   ///< the most that memory, engine and user allow
  Seconds tpot{};
  Seconds ttft{};            ///< mean; infinity where it is overloaded
  Seconds ttft_p90{};        ///< likewise
  Seconds ttft_p99{};        ///< likewise
  Seconds queueing{};        ///< part of the mean TTFT: for prompts that arrived before
  Seconds place{};           ///< part of the mean TTFT: for an answer to end
  double without_place = 0;  ///< share of requests that wait for one
  Seconds transfer{};        ///< part of the mean TTFT: of the cache to the replica that decodes

  [[nodiscard]] double utilisation() const { return requests_s / most_requests_s; }
  [[nodiscard]] bool overloaded() const { return requests_s >= most_requests_s; }
};

/// @pre `w` has isl, osl and requests_s; one sequence fits.
[[nodiscard]] ArrivalState arrival_state(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w);

/// Whole sequences at which the steps of that state are shown.
[[nodiscard]] double shown_batch(const ArrivalState& a);

}  // namespace roofcast
