#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/plan/plan_row.hpp"

namespace roofcast {

/// The words that start one replica of a row with its engine: layout, lengths, batch, memory share, formats.
/// `checkpoint` is a Hugging Face id or a path. Words that a shell would cut are quoted.
[[nodiscard]] std::vector<std::string> launch_words(const PlanRow& row, std::string_view checkpoint);

/// What the words leave to the reader: a checkpoint in another format, several nodes. Empty: nothing.
[[nodiscard]] std::vector<std::string> launch_notes(const PlanRequest& r, const PlanRow& row);

/// The id that model hubs know the model by: its first alias with an owner, "Meta-" left out; else its name.
[[nodiscard]] std::string hub_id(const ModelSpec& model);

}  // namespace roofcast
