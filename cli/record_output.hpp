#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/text_table.hpp"
#include "core/figure_source.hpp"
#include "core/record_table.hpp"

namespace roofcast::cli {

/// The columns that people see.
[[nodiscard]] TextTable text_table(const RecordTable& table);

/// As --json, --csv or a text table; `name` is the JSON key of the records.
void print_records(const RecordTable& table, std::string_view name, const ParsedOptions& options, Io io);

/// "label  value" lines under a title, wrapped to the terminal; a line without a value is left out.
struct Facts {
  std::string title{};
  std::vector<std::pair<std::string, std::string>> lines{};
};
void print_facts(const Facts& facts, Io io);

/// The sources of a profile's figures, one a line.
void print_sources(const std::vector<FigureSource>& sources, Io io);
void print_notes(const std::vector<std::string>& notes, Io io);

}  // namespace roofcast::cli
