#include "hwmodels/sweep_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace roofcast {
namespace {

/// The text inside a CSV cell: quotes around it are gone, doubled quotes are single.
std::string unquoted(const std::string& cell) {
  if (!cell.starts_with('"')) return cell;
  std::string text;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    text += cell[i];
    if (cell[i] == '"') ++i;
  }
  return text;
}

}  // namespace

void append_json(const SweepRow& row, std::string& out) {
  out += '{';
  std::string cell;
  for (const auto& column : sweep_columns()) {
    cell.clear();
    column.write(row, cell);
    if (out.back() != '{') out += ',';
    out += fmt::format("\"{}\":", column.name);
    if (cell.empty())
      out += "null";
    else
      out += column.is_word() ? nlohmann::json(unquoted(cell)).dump() : cell;
  }
  out += '}';
}

}  // namespace roofcast
