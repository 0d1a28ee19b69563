#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/sweep_manifest.hpp"

namespace roofcast {

/// A manifest read back: what was asked, what came out, and which program did it.
struct SweepManifest {
  SweepRequest request{};
  SweepOutcome outcome{};
  std::string version{};
  std::string git{};  ///< empty: built outside a repository
};

/// Text to manifest, strictly: a plan hash that is not the hash of the plan beside it is an error, too.
[[nodiscard]] Result<SweepManifest> parse_manifest(std::string_view text, std::string_view origin);
/// The manifest beside the file of a sweep.
[[nodiscard]] Result<SweepManifest> manifest_of(const std::filesystem::path& sweep);

}  // namespace roofcast
