#pragma once

#include <filesystem>
#include <string>

#include "core/units.hpp"

namespace roofcast::probe {

/// Data caches of the first CPU as the system states them; 0: not stated. A shared one is stated whole, although
/// other guests of the machine may use most of it: the probe measures what is left.
struct CpuCaches {
  Bytes l1{};
  Bytes l2{};
  Bytes l3{};

  friend bool operator==(const CpuCaches&, const CpuCaches&) = default;
};

/// From a folder such as /sys/devices/system/cpu/cpu0/cache.
[[nodiscard]] CpuCaches read_cpu_caches(const std::filesystem::path& folder);

/// "AMD EPYC 7763 64-Core Processor"; "CPU" where the system does not say.
[[nodiscard]] std::string cpu_model_name(const std::filesystem::path& cpuinfo = "/proc/cpuinfo");

/// All of the machine's memory; 0 where the system does not say.
[[nodiscard]] Bytes installed_memory(const std::filesystem::path& meminfo = "/proc/meminfo");

}  // namespace roofcast::probe
