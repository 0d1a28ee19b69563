#include "core/validation/row_cells.hpp"

#include <fmt/format.h>

namespace roofcast {

RecordTable::Cell measure_cell(double value, const FigureKind& kind) {
  const auto unit = kind.time ? kind.name.substr(kind.name.rfind('_') + 1) : kind.name;
  return number_cell(value, fmt::format("{:.4g} {}", value, unit));
}

std::string short_where(const Validation& v, const ScoredRow& row) {
  const auto where = v.where(row);
  return where.substr(where.rfind('/') + 1);
}

}  // namespace roofcast
