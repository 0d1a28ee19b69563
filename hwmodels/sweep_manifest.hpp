#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/sweep_grid.hpp"

namespace roofcast {

/// What a sweep was asked for, in words: enough to run it again.
struct SweepRequest {
  std::vector<std::string> argv{};                     ///< as typed, the program's name apart
  std::map<std::string, std::string> arguments{};      ///< every flag that shapes the plan, resolved
  std::map<std::string, std::string> preset_hashes{};  ///< "model/llama-3.1-8b" -> SHA-256 of its values
  std::size_t points = 0;
  std::size_t shard = 1;
  std::size_t shards = 1;
};

/// What came out.
struct SweepOutcome {
  std::size_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256{};   ///< of the CSV
  std::string started{};  ///< UTC, ISO 8601
  std::string finished{};
};

/// Hashes of the models, devices and engines of a grid as they were used, whatever file they came from.
[[nodiscard]] std::map<std::string, std::string> preset_hashes(const SweepGrid& grid);

/// (Plan hash) SHA-256 over arguments, preset hashes and schema: equal for all shards of one sweep.
[[nodiscard]] std::string plan_hash(const SweepRequest& request);

/// The manifest beside a sweep's CSV ("roofcast/manifest/1", docs/cli.md).
[[nodiscard]] std::string manifest_json(const SweepRequest& request, const SweepOutcome& outcome,
                                        const std::string& output_file);

/// Now, in UTC: "2026-01-31T12:00:00Z".
[[nodiscard]] std::string utc_now();

}  // namespace roofcast
