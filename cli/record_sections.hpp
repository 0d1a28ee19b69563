#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "core/record_table.hpp"

namespace roofcast::cli {

/// How records are parted into sections.
struct SectionsBy {
  std::string_view key{};    ///< of the text field that they are parted by
  std::string_view title{};  ///< "Faster than the roof": the field's text follows
  std::string_view rest{};   ///< where all records are: "--json lists all"
};

/// One section per text of that field, the largest first, with ten records each, and how many more there are.
[[nodiscard]] std::string sections_by(const RecordTable& table, const SectionsBy& by, const Terminal& terminal);

}  // namespace roofcast::cli
