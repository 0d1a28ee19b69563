#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/pareto_front.hpp"
#include "core/result.hpp"
#include "core/sweep_columns.hpp"

namespace roofcast {

/// A column to be judged by.
struct Measure {
  std::size_t column = 0;  ///< of sweep_columns()
  bool more_is_better = true;

  friend bool operator==(const Measure&, const Measure&) = default;
};

/// Which rows of a sweep are kept: of all points with status ok that agree in the columns `per`, the best by one
/// objective, or those that no other beats in both of two. No objective: every row.
struct Reduction {
  std::vector<Measure> objectives{};
  std::vector<std::size_t> per{};

  [[nodiscard]] bool keeps_all() const { return objectives.empty(); }
};

inline constexpr std::string_view kKeepAll = "all";
/// The default of --per: answers to different questions are not compared.
[[nodiscard]] inline std::string kept_per() {
  return question_columns();
}

/// "all", "pareto" or "best:COLUMN", and names of columns with commas between them, "none" for none.
[[nodiscard]] Result<Reduction> parse_reduction(std::string_view keep, std::string_view per);

/// Judges rows and remembers the points that are kept: the same for any order of rows, and what is kept of the kept
/// points of parts is what is kept of the whole.
class KeptPoints {
 public:
  explicit KeptPoints(Reduction reduction) : reduction_{std::move(reduction)} {}

  /// Text of a row's cell by its column, valid until the next call.
  using Cell = std::function<std::string_view(std::size_t column)>;

  /// Appends a row's case: what `take` reads. Nothing for rows that are not judged. From any thread.
  void append_case(const SweepRow& row, std::string& out) const;
  void append_case(std::size_t point, const Cell& cell, std::string& out) const;

  /// Judges cases that were written one behind the other.
  void take(std::string_view cases);

  /// In ascending order.
  [[nodiscard]] std::vector<std::size_t> points() const;

 private:
  Reduction reduction_;
  std::map<std::string, ParetoFront, std::less<>> fronts_{};
};

}  // namespace roofcast
