#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast::cli {

/// Shard `shard` of `shards`, counted from 1.
struct ShardNumber {
  std::size_t shard = 1;
  std::size_t shards = 1;

  friend bool operator==(const ShardNumber&, const ShardNumber&) = default;
};

/// The value of a variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const char* variable)>;

/// "2/7" -> shard 2 of 7.
[[nodiscard]] Result<ShardNumber> parse_shard(std::string_view text);

/// The shard of `--shard auto`: the place of a task in its Slurm array, Kubernetes indexed job or Open MPI run.
/// None of them, or more than one, is an error: a guess would leave points out.
[[nodiscard]] Result<ShardNumber> shard_of(const Environment& environment);

/// "out/x.csv" -> "out/x-00003-of-00064.csv": tasks that share a command line must not share a file.
[[nodiscard]] std::string shard_file(const std::string& path, ShardNumber number);

}  // namespace roofcast::cli
