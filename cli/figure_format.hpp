#pragma once

#include "cli/option_reader.hpp"

namespace roofcast::cli {

/// How figures are printed.
enum class FigureFormat { text, json, csv };

/// By --json and --csv, which exclude each other.
[[nodiscard]] inline FigureFormat figure_format(OptionReader& reader, const ParsedOptions& options) {
  if (options.given("json") && options.given("csv"))
    reader.add_usage_error("--csv", "excludes --json", "give one of them");
  return options.given("json") ? FigureFormat::json : options.given("csv") ? FigureFormat::csv : FigureFormat::text;
}

}  // namespace roofcast::cli
