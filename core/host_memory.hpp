#pragma once

/// Time that a CPU takes to read a working set, out of the bandwidths that `roofcast probe` measured.
/// Derivations: docs/model/cpu.md.

#include <optional>

#include "core/host_ceilings.hpp"

namespace roofcast {

/// Read bandwidths of so many threads together, interpolated between the counts that were measured.
struct HostMemory {
  Bytes second_level{};     ///< size of the second cache level of these threads' cores together; 0: not known
  BytesPerSecond last{};    ///< of the last cache; memory's where there is none
  BytesPerSecond memory{};  ///< of huge pages
  double last_spread = 0;   ///< (3rd - 1st quartile) / median
  double memory_spread = 0;
};

/// nullopt without a bandwidth of memory.
[[nodiscard]] std::optional<HostMemory> host_memory(const HostCeilings& ceilings, int threads);

/// (H1) Of a working set that is read again and again, the share that comes from memory because the last cache does
/// not hold it: what the measured bandwidths between cache and memory say, whatever size the cache is printed with.
[[nodiscard]] double memory_share(const HostCeilings& ceilings, Bytes working_set);

/// (H2) Time to read `bytes` of a working set that is read again and again from beyond the second cache level; none
/// for what a core finds in its own.
[[nodiscard]] Seconds time_beyond_second_level(const HostMemory& memory, Bytes bytes, Bytes working_set,
                                               double memory_share);

}  // namespace roofcast
