#pragma once

#include <string>
#include <vector>

#include "core/accuracy.hpp"

namespace roofcast {

/// A group that a measured row belongs to, e.g. {"batch", "10-99", 1}: errors are reported apart.
struct RowGroup {
  std::string by{};
  std::string name{};
  double order = 0;  ///< among the groups of the same kind

  friend bool operator==(const RowGroup&, const RowGroup&) = default;
};

/// One prediction beside its measurement.
struct JudgedRow {
  double measured_us = 0;
  double predicted_us = 0;
  double low_us = 0;
  double high_us = 0;
  bool fitted = false;  ///< the fit has seen it; there is then no interval to judge
  std::string hold_out{};
  std::vector<RowGroup> groups{};
};

struct GroupAccuracy {
  RowGroup group{};
  Accuracy fitted{};
  Accuracy unseen{};
  double covered_percent = 0;  ///< of the unseen measurements, in low..high
  double width_percent = 0;    ///< median of (high - low) / predicted of the unseen
};

/// One entry per group, those of a kind together in their order; "all rows" comes first.
[[nodiscard]] std::vector<GroupAccuracy> accuracy_by_group(const std::vector<JudgedRow>& rows);

}  // namespace roofcast
