#pragma once

#include <string>

#include "cli/command.hpp"
#include "core/result.hpp"
#include "hwmodels/manifest_reader.hpp"

namespace roofcast::cli {

/// A sweep that a manifest tells of, to be computed again.
struct Rerun {
  std::string file{};  ///< the manifest
  SweepManifest manifest{};
  ParsedOptions options{};  ///< as if they had been written
};

/// The manifest that --rerun names. An error where something that it says is written as well.
[[nodiscard]] Result<Rerun> rerun(const ParsedOptions& options);

/// What is not as it was, each in a few words: presets that changed, another version.
[[nodiscard]] std::vector<std::string> changes(const Rerun& rerun, const SweepRequest& now);

/// Says whether the rows are those of the manifest.
Exit report_rerun(const Rerun& rerun, const SweepOutcome& outcome, Io io);

}  // namespace roofcast::cli
