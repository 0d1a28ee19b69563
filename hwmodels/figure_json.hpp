#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/chart/chart.hpp"
#include "core/result.hpp"

namespace roofcast {

/// A chart of a hundred thousand points with their texts; what is larger is none.
inline constexpr std::size_t kMaxFigureBytes = 64u << 20;

/// The file format of a chart, schema "roofcast/figure/1": what the renderer's program reads. What is at its
/// default is left out. Reading is strict, all errors at once; a number on a logarithmic axis must be above zero.
[[nodiscard]] std::string figure_json(const Figure& figure);
[[nodiscard]] Result<Figure> parse_figure(std::string_view text, std::string_view origin);
[[nodiscard]] Result<Figure> load_figure(const std::filesystem::path& file);

}  // namespace roofcast
