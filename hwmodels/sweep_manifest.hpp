#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sweep_grid.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast {

inline constexpr std::string_view kCsvFormat = "csv";
inline constexpr std::string_view kJsonFormat = "json";

/// What a sweep was asked for, in words: enough to run it again.
struct SweepRequest {
  std::vector<std::string> argv{};                     ///< as typed, the program's name apart
  std::map<std::string, std::string> arguments{};      ///< every flag that shapes the plan, resolved
  std::map<std::string, std::string> preset_hashes{};  ///< "model/llama-3.1-8b" -> SHA-256 of its values
  std::size_t points = 0;
  std::size_t shard = 1;
  std::size_t shards = 1;
  std::string format{kCsvFormat};  ///< of the rows, compressed or not
};

/// What came out.
struct SweepOutcome {
  std::size_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256{};      ///< of the file
  std::string csv_sha256{};  ///< of the CSV in a compressed file, else empty
  std::string started{};     ///< UTC, ISO 8601
  std::string finished{};
};

/// SHA-256 of the rows, whether their file is compressed or not.
[[nodiscard]] const std::string& rows_sha256(const SweepOutcome& outcome);

/// Hashes of the models, devices and engines of a grid as they were used, whatever file they came from.
[[nodiscard]] std::map<std::string, std::string> preset_hashes(const SweepGrid& grid);

/// (Plan hash) SHA-256 over arguments, preset hashes and schema: equal for all shards of one sweep.
[[nodiscard]] std::string plan_hash(const SweepRequest& request);

inline constexpr std::string_view kManifestSchema = "roofcast/manifest/1";

/// The manifest beside a sweep's CSV (docs/cli.md).
[[nodiscard]] std::string manifest_json(const SweepRequest& request, const SweepOutcome& outcome,
                                        const std::string& output_file);

/// Where the manifest of a sweep's file is: beside it.
[[nodiscard]] std::filesystem::path manifest_path(const std::filesystem::path& sweep);

/// Writes the manifest beside the sweep.
[[nodiscard]] Result<void> write_manifest(const SweepRequest& request, const SweepOutcome& outcome,
                                          const std::string& sweep);

/// Ends the file of a sweep and puts its manifest beside it; a device or a pipe has nothing beside it.
[[nodiscard]] Result<void> commit_sweep(FileOutput& file, const SweepRequest& request, const SweepOutcome& outcome,
                                        const std::string& sweep);

/// Now, in UTC: "2026-01-31T12:00:00Z".
[[nodiscard]] std::string utc_now();

}  // namespace roofcast
