#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv.hpp"
#include "core/sweep_columns.hpp"

namespace roofcast {

/// Writes the CSV lines of one config, row after row, and nothing twice: cells of the config are texts already, a
/// number that is the one above it, or that of a column like it, is copied. The bytes are those of cells written anew.
class SweepCells {
 public:
  SweepCells() = default;
  /// @pre `config` can be.
  explicit SweepCells(const SweepConfig& config);

  /// @pre the row is of that config.
  void append(const SweepRow& row, std::string& out);

 private:
  /// A cell that is not of the config, and those of the config in front of it.
  struct Cell {
    const SweepColumn* column = nullptr;
    std::size_t before = 0;  ///< place of their text in `between_`, with commas
    std::size_t before_size = 0;
    std::size_t like = 0;  ///< the cell that it is like, else itself
  };
  /// Where the number of a cell was written last: in the line above, or in this one.
  struct Number {
    double value = 0;
    const char* text = nullptr;
    std::size_t size = 0;  ///< 0: nowhere
  };

  char* write(std::size_t cell, double value, char* to);

  std::vector<Cell> cells_{};
  std::vector<Number> numbers_{};  ///< [cell]
  std::string between_{};
  std::array<std::vector<char>, 2> lines_{};  ///< room for any line: this one and the one above, by turns
  std::size_t turn_ = 0;
};

}  // namespace roofcast
