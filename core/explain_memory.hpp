#pragma once

#include "core/glossary.hpp"

namespace roofcast {

/// Budget, limits and what they count (docs/model/memory.md).
[[nodiscard]] Explanation explain_parameters(const Scenario& s);
[[nodiscard]] Explanation explain_weights(const Scenario& s);
[[nodiscard]] Explanation explain_overhead(const Estimate& e);
[[nodiscard]] Explanation explain_kv_pool(const Estimate& e);
[[nodiscard]] Explanation explain_max_batch_memory(const Estimate& e);
[[nodiscard]] Explanation explain_concurrency(const Estimate& e);
[[nodiscard]] Explanation explain_max_context(const Estimate& e);

}  // namespace roofcast
