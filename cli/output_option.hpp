#pragma once

#include <string>

#include "cli/option_reader.hpp"

namespace roofcast::cli {

/// A file that the command reads must not be the one that it writes: the file of `option` is held against every file
/// that is given otherwise. Problems go to the reader.
void check_output_option(OptionReader& reader, const ParsedOptions& options, const std::string& option);

/// Rows of a sweep are compressed by zstd or not at all: a name that says otherwise is a problem.
void check_rows_ending(OptionReader& reader, const std::string& path);

}  // namespace roofcast::cli
