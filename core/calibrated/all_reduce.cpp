#include "core/calibrated/all_reduce.hpp"

#include <cmath>

#include "core/calibrated/call_cost.hpp"

namespace roofcast {

KernelTerms all_reduce_terms(const AllReduceParameters& p, const AllReduceCall& call) {
  using units::us;
  KernelTerms t;
  t.launch = (p.launch_us + p.hop_us * (call.devices - 1)) * us;
  const double crowding = std::pow(p.contention, std::log2(call.devices) - 1);
  const double transfer_us = crowding * cost(call).network.in(units::byte) / (p.bus_gb_s * 1e3);
  t.memory = (transfer_us + std::sqrt(p.ramp_us * transfer_us)) * us;
  return t;
}

}  // namespace roofcast
