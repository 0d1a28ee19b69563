#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/comparison.hpp"

namespace roofcast {

/// What a row's numbers are, for whoever writes them.
enum class RowUnit {
  bytes,      ///< exact: every digit counts
  capacity,   ///< bytes, to be read in GiB
  sequences,  ///< a count of conversations
  tokens,
  milliseconds,
  per_second,  ///< tokens/s
  word,        ///< no number
};

/// One figure of every column of a comparison.
struct ComparisonRow {
  std::string group{};  ///< heading that it belongs under
  std::string key{};    ///< for machines: "kv_bytes_per_token"
  std::string title{};  ///< for people
  RowUnit unit = RowUnit::word;
  std::string_view label{};                     ///< "exact", "estimated", "theoretical"
  std::vector<std::optional<double>> values{};  ///< one per column; absent: no such figure (or no end)
  std::vector<std::string> words{};             ///< RowUnit::word; also why a number is absent

  /// values[i] relative to the first column that has one; absent for that column, for words, for a first of 0.
  [[nodiscard]] std::optional<double> ratio(std::size_t i) const;
};

/// The rows of `compare`, in the order they are shown.
[[nodiscard]] std::vector<ComparisonRow> comparison_rows(const Comparison& c);

}  // namespace roofcast
