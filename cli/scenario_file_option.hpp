#pragma once

#include <initializer_list>
#include <string_view>

#include "cli/option_table.hpp"
#include "cli/parsed_options.hpp"

namespace roofcast::cli {

/// --scenario FILE: values for the options that are not written.
[[nodiscard]] Option scenario_file_option();

/// The options with what the file of --scenario says where the command line says nothing; a flag that
/// excludes one of the file (--context and --isl, --gpus and --dp) drops it. The same options without the flag.
/// `other`: options that mean something else here. Errors: the file's, and what is missing still.
[[nodiscard]] Result<ParsedOptions> with_scenario(ParsedOptions options,
                                                  std::initializer_list<std::string_view> other = {});

/// Errors of values that the file gave, at the file's place: "s.json:/batch" instead of "--batch".
[[nodiscard]] Errors placed(Errors errors, const ParsedOptions& options);

}  // namespace roofcast::cli
