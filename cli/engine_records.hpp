#pragma once

#include "cli/record_output.hpp"
#include "core/engine.hpp"
#include "core/record_table.hpp"

namespace roofcast::cli {

/// One record an engine: what `engines list` shows and `engines show --csv` prints.
[[nodiscard]] RecordTable engine_records(const std::vector<Engine>& engines);

/// What `engines show` prints of one.
[[nodiscard]] Facts engine_facts(const Engine& engine);

/// What --search looks through.
[[nodiscard]] std::vector<std::string> search_texts(const Engine& engine);

}  // namespace roofcast::cli
