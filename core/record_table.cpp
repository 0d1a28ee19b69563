#include "core/record_table.hpp"

#include <utility>

#include "core/csv.hpp"

namespace roofcast {

RecordTable::Cell text_cell(std::string text) {
  return {.value = text, .shown = text};
}

RecordTable::Cell number_cell(double value, std::string shown) {
  return {.value = value, .shown = std::move(shown)};
}

RecordTable::Cell no_cell() {
  return {.shown = "-"};
}

std::string csv(const RecordTable& table) {
  std::string out;
  for (const auto& field : table.fields) {
    if (&field != &table.fields.front()) out += ',';
    append_cell(out, std::string_view{field.key});
  }
  out += '\n';
  for (const auto& record : table.records) {
    for (const auto& cell : record) {
      if (&cell != &record.front()) out += ',';
      if (const auto* text = std::get_if<std::string>(&cell.value)) append_cell(out, std::string_view{*text});
      if (const auto* number = std::get_if<double>(&cell.value)) append_cell(out, *number);
    }
    out += '\n';
  }
  return out;
}

}  // namespace roofcast
