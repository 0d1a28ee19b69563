#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/measured_row.hpp"

namespace roofcast {

/// One way to put rows into groups: "variant" with groups MHA, GQA, MQA.
struct RowGrouping {
  /// Where a row belongs. Groups are listed by `order`, then by text.
  struct Group {
    std::string text{};
    double order = 0;
  };

  std::string_view name{};
  std::optional<Group> (*group)(const MeasuredRow& row);  ///< nullopt: says nothing about such rows
};

/// By op (all rows), hardware, model, variant, batch, context, bytes, dtype, kernel.
[[nodiscard]] std::span<const RowGrouping> row_groupings();

/// "32 heads, 8 KV heads, ..." in a few words, for lists of rows.
[[nodiscard]] std::string shape_text(const MeasuredCall& call);

}  // namespace roofcast
