#pragma once

#include <string>

#include "core/device.hpp"
#include "core/host_ceilings.hpp"
#include "hwmodels/probe/cpu_caches.hpp"

namespace roofcast::probe {

/// What the system says of itself.
struct HostFacts {
  std::string name{};  ///< "AMD EPYC 7763 64-Core Processor"
  int cpus = 1;
  Bytes memory{};
};

[[nodiscard]] HostFacts host_facts();

/// The machine as a device: bandwidth is the read bandwidth of memory with all threads, peaks are multiply-adds out of
/// registers with all threads, the last level cache has the size that reads find, not the printed one.
[[nodiscard]] Device host_device(const HostFacts& facts, const HostCeilings& ceilings);

}  // namespace roofcast::probe
