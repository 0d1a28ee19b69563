#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/sweep_grid.hpp"
#include "hwmodels/digest.hpp"

namespace roofcast {

/// The whole lines of a sweep's CSV that was cut off somewhere.
struct KeptRows {
  std::uint64_t bytes = 0;     ///< of the file, up to the end of the last whole line, the header's included
  std::size_t rows = 0;        ///< without the header
  std::size_t next_point = 0;  ///< behind the last row's
  Sha256 hash{};               ///< of these bytes, to be gone on with
  Sha256 text_hash{};          ///< of the lines, where they are compressed
};

/// Reads such a file once, in pieces of any size.
class KeptRowsReader {
 public:
  /// False once nothing more can be kept.
  bool read(std::string_view piece);
  /// The last piece ended with a line.
  [[nodiscard]] bool between_rows() const { return rest_.empty(); }

  /// An error where the lines are not rows of this selection of the grid; `where` names the file.
  [[nodiscard]] Result<KeptRows> kept(const SweepGrid& grid, const SweepSelection& selection,
                                      const std::string& where) const;

 private:
  void take_line(std::string_view line);

  KeptRows kept_{};
  std::string header_{};
  std::string last_line_{};
  std::string rest_{};  ///< a line whose end is not read yet
};

}  // namespace roofcast
