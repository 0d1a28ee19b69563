#include "hwmodels/measurement_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "core/nearest_name.hpp"
#include "core/number_format.hpp"
#include "core/utf8.hpp"

namespace roofcast {
namespace {

constexpr double kLargestMeasurement = 1e15;  // tokens, bytes, microseconds: what is larger is no measurement

std::optional<double> parse_decimal(std::string_view cell) {
  double value = 0;
  const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (problem != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace

void MeasurementCells::add_error(std::string_view column, std::string what, std::string hint) {
  const auto at = file_.column(column).value_or(file_.header.size());
  errors_.push_back({fmt::format("{}:{}:{}", file_.name, file_.line(record_), at + 1),
                     fmt::format("{}: {}", column, what), std::move(hint)});
}

void MeasurementCells::add_problem(std::string problem) {
  if (problem_.empty()) problem_ = std::move(problem);
}

std::string MeasurementCells::cell(std::string_view column) const {
  const auto at = file_.column(column);
  return at ? std::string(file_.cell(record_, *at)) : std::string{};
}

std::string MeasurementCells::needed(std::string_view column) {
  auto found = cell(column);
  if (!file_.column(column)) {
    if (first_of_op_)
      errors_.push_back(
          {fmt::format("{}:1:{}", file_.name, file_.header.size() + 1),
           fmt::format("has no column '{}', which {} rows need (line {})", column, cell("op"), file_.line(record_)),
           did_you_mean(column, file_.header)});
  } else if (found.empty()) {
    add_error(column, "the cell is empty, but its value is needed");
  }
  return found;
}

std::string MeasurementCells::printable(std::string_view column, std::string name) {
  if (std::ranges::any_of(name, is_control)) add_error(column, fmt::format("'{}' holds a control character", name));
  return name;
}

std::string MeasurementCells::text(std::string_view column) {
  return printable(column, needed(column));
}

std::string MeasurementCells::text_or_empty(std::string_view column) {
  return printable(column, cell(column));
}

double MeasurementCells::parsed(std::string_view column, std::string_view found, double least, bool whole) {
  const auto value = parse_decimal(found);
  if (value && *value >= least && *value <= kLargestMeasurement && (!whole || *value == std::floor(*value)))
    return *value;
  add_error(column,
            fmt::format("expected a {} of at least {}, found '{}'", whole ? "whole number" : "number", least, found));
  return least;
}

double MeasurementCells::number(std::string_view column, double least) {
  const auto found = needed(column);
  return found.empty() ? least : parsed(column, found, least, false);
}

double MeasurementCells::count(std::string_view column, double least) {
  const auto found = needed(column);
  return found.empty() ? least : parsed(column, found, least, true);
}

double MeasurementCells::count_or_one(std::string_view column) {
  const auto found = cell(column);
  if (found.empty()) return 1;
  const double value = parsed(column, found, 0, true);
  return value == 0 ? 1 : value;
}

std::optional<double> MeasurementCells::value_if_any(std::string_view column) {
  const auto found = cell(column);
  if (found.empty()) return {};
  const auto value = parse_decimal(found);
  if (!value || *value <= 0 || *value > kLargestMeasurement) {
    add_error(column, fmt::format("expected a number above 0, found '{}'", found));
    return {};
  }
  return value;
}

std::optional<double> MeasurementCells::spread_if_any(std::string_view column) {
  const auto found = cell(column);
  return found.empty() || parse_decimal(found) == 0.0 ? std::optional<double>{} : value_if_any(column);
}

double MeasurementCells::element_bytes(std::string_view column) {
  const auto name = text(column);
  if (const auto format = find_kv_format(name)) return format->bytes_per_element;
  std::vector<std::string> known;
  for (const auto& format : kv_formats()) known.push_back(format.name);
  add_problem(fmt::format("{} '{}' is not a known element type: expected {}", column, name, fmt::join(known, ", ")));
  return 1;
}

}  // namespace roofcast
