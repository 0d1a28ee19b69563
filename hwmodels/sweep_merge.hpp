#pragma once

#include <cstddef>
#include <functional>

#include "core/reduction.hpp"
#include "core/result.hpp"
#include "core/sweep.hpp"
#include "hwmodels/shard_set.hpp"

namespace roofcast {

/// Hands over the header and then the rows of the shards by their points, all or those that `reduction` keeps: the text
/// of the sweep in one piece. Some 64 MB are in memory, or 16 kB a shard where there are thousands (1 MB a compressed
/// one), however long they are; shards that are to be reduced are read twice. `sink` returns false to stop. Returns the
/// rows handed over; an error means that what was handed over is worth nothing. @pre no shard is missing.
[[nodiscard]] Result<std::size_t> merged_rows(const ShardSet& set, const Reduction& reduction,
                                              const std::function<bool(const SweepChunk&)>& sink);

/// What a sweep kept of its points.
[[nodiscard]] Result<Reduction> reduction_of(const SweepRequest& request);

/// What the manifest of the merged file says was asked for: the same plan, uncut.
[[nodiscard]] SweepRequest merged_request(const ShardSet& set, std::vector<std::string> argv);

}  // namespace roofcast
