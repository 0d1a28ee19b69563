#include "hwmodels/usable_cpus.hpp"

#include <sched.h>

#include <algorithm>

namespace roofcast {

std::vector<int> usable_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  return cpus;
}

int usable_cpu_count() {
  return std::max(1, static_cast<int>(usable_cpus().size()));
}

}  // namespace roofcast
