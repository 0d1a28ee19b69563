#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/record_table.hpp"

namespace roofcast {

/// {"schema_version": 1, NAME: [{key: value, ...}, ...]}; a field that does not apply is null.
[[nodiscard]] std::string records_json(const RecordTable& table, std::string_view name);

/// Several tables side by side in one object.
struct NamedRecords {
  std::string_view name{};
  RecordTable table{};
};
[[nodiscard]] std::string records_json(std::span<const NamedRecords> tables);

}  // namespace roofcast
