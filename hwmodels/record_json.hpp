#pragma once

#include <string>
#include <string_view>

#include "core/record_table.hpp"

namespace roofcast {

/// {"schema_version": 1, NAME: [{key: value, ...}, ...]}; a field that does not apply is null.
[[nodiscard]] std::string records_json(const RecordTable& table, std::string_view name);

}  // namespace roofcast
