#pragma once

#include <cstddef>
#include <functional>

#include "core/result.hpp"
#include "core/sweep.hpp"
#include "hwmodels/shard_set.hpp"

namespace roofcast {

/// Hands over the header and then all rows of the shards by their points: the bytes of the sweep in one piece.
/// Some 64 MB are in memory, or 16 kB a shard where there are thousands, however long they are. `sink` returns
/// false to stop. Returns the rows handed over; an error means that what was handed over is worth nothing.
/// @pre no shard is missing.
[[nodiscard]] Result<std::size_t> merged_rows(const ShardSet& set, const std::function<bool(const SweepChunk&)>& sink);

/// What the manifest of the merged file says was asked for: the same plan, uncut.
[[nodiscard]] SweepRequest merged_request(const ShardSet& set, std::vector<std::string> argv);

}  // namespace roofcast
