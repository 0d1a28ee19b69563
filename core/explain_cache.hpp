#pragma once

#include "core/glossary.hpp"

namespace roofcast {

/// Cache figures with their numbers, layer kind by layer kind (docs/model/attention.md).
[[nodiscard]] Explanation explain_kv_bytes_per_token(const Scenario& s);
[[nodiscard]] Explanation explain_kv_bytes_per_token_per_gpu(const Scenario& s);
[[nodiscard]] Explanation explain_kv_bytes_per_sequence(const Scenario& s);
[[nodiscard]] Explanation explain_state_bytes_per_sequence(const Scenario& s);
[[nodiscard]] Explanation explain_kv_bytes_allocated_per_sequence(const Estimate& e);

}  // namespace roofcast
