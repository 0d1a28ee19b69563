#pragma once

#include "cli/record_output.hpp"
#include "core/model_spec.hpp"
#include "core/record_table.hpp"

namespace roofcast::cli {

/// One record a model: what `models list` shows and `models show --csv` prints.
[[nodiscard]] RecordTable model_records(const std::vector<ModelSpec>& models);

/// What `models show` prints of one.
[[nodiscard]] Facts model_facts(const ModelSpec& model);

/// What --search looks through.
[[nodiscard]] std::vector<std::string> search_texts(const ModelSpec& model);

}  // namespace roofcast::cli
