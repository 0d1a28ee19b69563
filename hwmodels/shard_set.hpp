#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/manifest_reader.hpp"

namespace roofcast {

/// One shard of a sweep: its file and the manifest beside it.
struct SweepShard {
  std::filesystem::path file{};
  SweepManifest manifest{};
};

/// Shards of one sweep, every number at most once.
struct ShardSet {
  std::vector<SweepShard> shards{};    ///< by number
  std::vector<std::size_t> missing{};  ///< numbers from 1 that no file has
};

/// The manifests of `files`, checked against each other: one plan, cut into one number of shards, each given once,
/// by the program that runs. Every file that does not belong is reported. @pre `files` is not empty.
[[nodiscard]] Result<ShardSet> shard_set(const std::vector<std::filesystem::path>& files);

}  // namespace roofcast
