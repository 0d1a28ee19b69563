#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/rerun.hpp"
#include "core/reduction.hpp"
#include "core/sweep_grid.hpp"
#include "hwmodels/sweep_manifest.hpp"

namespace roofcast::cli {

/// What a sweep is and how it is told.
struct SweepRun {
  const SweepGrid& grid;
  const SweepSelection& selection;
  const Reduction& reduction;
  const SweepRequest& request;
  const std::string& path;  ///< empty: stdout
  int jobs = 1;
  const Interruption& interruption;
  const ParsedOptions& options;  ///< --json, --resume, --quiet
  const Rerun* rerun = nullptr;  ///< what the rows have to be; nullptr: whatever they are
};

/// Writes the rows, compressed where the file's name says so. A CSV file grows as FILE.partial, which --resume goes on
/// with whatever ended the program; once it is whole it has a manifest beside it.
Exit write_sweep(const SweepRun& run, Io io);

}  // namespace roofcast::cli
