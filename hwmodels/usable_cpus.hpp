#pragma once

#include <vector>

namespace roofcast {

/// CPUs that this process may run on: its affinity mask, not the machine's size. Empty where the system does not say.
[[nodiscard]] std::vector<int> usable_cpus();

/// How many threads are worth starting: their number, at least 1.
[[nodiscard]] int usable_cpu_count();

}  // namespace roofcast
