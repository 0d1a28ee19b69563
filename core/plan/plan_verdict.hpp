#pragma once

#include <string>
#include <vector>

#include "core/plan/plan.hpp"
#include "core/verdict.hpp"

namespace roofcast {

/// What a device was asked for as: "H100 SXM5", or the unit that it comes in, "DGX H100".
[[nodiscard]] const std::string& hardware_name(const Device& device);

/// "8 H100 SXM5"; of a unit the devices are counted: "8 GPUs of DGX H100".
[[nodiscard]] std::string hardware_text(double devices, const Device& device);

/// The answer in one sentence: the best deployment, or the nearest SLO that some deployment keeps.
[[nodiscard]] Verdict verdict(const Plan& p);

/// One step of the arithmetic behind a number of devices.
struct ArithmeticStep {
  std::string what{};   ///< "a replica ends"
  std::string value{};  ///< "2.39 requests/s"
  std::string from{};   ///< "37 / 15.5 s"
};
[[nodiscard]] std::vector<ArithmeticStep> arithmetic(const PlanRequest& r, const PlanRow& row);

/// "tp 2", "tp 8, pp 2", "dp 8, ep 8": of one replica; "1 GPU" where there is nothing to say.
[[nodiscard]] std::string layout_text(const Scenario& s, std::int64_t replicas);

/// "12 requests/s", "128 users".
[[nodiscard]] std::string demand_text(const Demand& d, double amount);

/// Which TTFT of random arrivals is meant: "mean", "p95".
[[nodiscard]] std::string arrivals_word(const PlanRequest& r);

/// Why the layout fails, and what it could do: "TPOT is 12.1 ms at best, above --tpot 10ms".
[[nodiscard]] std::string failure_text(const PlanRequest& r, const PlanFailure& f);

/// The flags that ask for what works: "--tpot 12.2ms".
[[nodiscard]] std::string nearest_flags(const Plan& p, const NearestSlo& n);

}  // namespace roofcast
