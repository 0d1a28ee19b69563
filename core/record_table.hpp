#pragma once

#include <string>
#include <variant>
#include <vector>

namespace roofcast {

/// Records with named fields, e.g. one per preset: names and order of a listing are stated once, for text, CSV
/// and JSON alike.
struct RecordTable {
  struct Field {
    std::string key{};     ///< of CSV and JSON, with its unit: "bandwidth_gb_s"
    std::string header{};  ///< of the text table; empty: the text leaves this field out
    bool number = true;
    bool optional = false;  ///< the text leaves it out where there is no room
  };
  /// Nothing (not applicable), text, or a number with the text that people read.
  struct Cell {
    std::variant<std::monostate, std::string, double> value{};
    std::string shown{};
  };

  std::vector<Field> fields{};
  std::vector<std::vector<Cell>> records{};  ///< each as long as `fields`
};

[[nodiscard]] RecordTable::Cell text_cell(std::string text);
[[nodiscard]] RecordTable::Cell number_cell(double value, std::string shown);
/// Not applicable, or not known: empty in CSV, null in JSON, "-" for people.
[[nodiscard]] RecordTable::Cell no_cell();

/// RFC 4180 with a header line.
[[nodiscard]] std::string csv(const RecordTable& table);

}  // namespace roofcast
