#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace roofcast {

/// End of the record of a CSV text that starts at `begin`, behind its line break: one outside quotes.
/// npos: not in `text`.
[[nodiscard]] std::size_t record_end(std::string_view text, std::size_t begin);

/// The cells of a row as they are written, quotes included, without the line break.
void split_cells(std::string_view row, std::vector<std::string_view>& cells);

/// Text of a sweep row's second cell, `point` behind `schema`; empty where there is none.
[[nodiscard]] std::string_view point_cell(std::string_view row);
/// Its number; nullopt where it is none.
[[nodiscard]] std::optional<std::size_t> row_point(std::string_view row);

}  // namespace roofcast
