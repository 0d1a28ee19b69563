#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "core/record_table.hpp"
#include "core/result.hpp"

namespace roofcast::cli {

/// Options of `models list`, `hardware list`, `engines list`.
[[nodiscard]] std::vector<Option> listing_options();

/// Does a preset match --search? Letter case aside; every word of the search is in one of the texts.
[[nodiscard]] bool matches(std::string_view search, const std::vector<std::string>& texts);

/// Prints the records (--names: their first fields, one a line), then what could not be read. An empty listing
/// says so on stderr and exits 1.
Exit print_listing(const RecordTable& table, std::string_view name, const Errors& problems,
                   const ParsedOptions& options, Io io);

/// Options of `models import` and `hardware import`.
[[nodiscard]] std::vector<Option> import_options();

/// Writes an imported profile: to --output, into the user's preset folder with --save, else to stdout.
/// `folder` is the presets' subfolder, "model" or "gpu".
Exit write_profile(const std::string& json, const std::string& id, std::string_view folder,
                   const ParsedOptions& options, Io io);

}  // namespace roofcast::cli
