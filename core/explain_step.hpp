#pragma once

#include "core/glossary.hpp"

namespace roofcast {

/// Work, time and rates of a step (docs/model/decode_step.md, docs/model/roofline.md).
[[nodiscard]] Explanation explain_ridge(const Scenario& s);
[[nodiscard]] Explanation explain_mean_length(const Scenario& s);
[[nodiscard]] Explanation explain_attention_flops(const Estimate& e);
[[nodiscard]] Explanation explain_attention_bytes(const Estimate& e);
[[nodiscard]] Explanation explain_experts_touched(const Estimate& e);
[[nodiscard]] Explanation explain_step_ms(const Estimate& e);
[[nodiscard]] Explanation explain_intensity(const Estimate& e);
[[nodiscard]] Explanation explain_tokens_s_user(const Estimate& e);
[[nodiscard]] Explanation explain_tokens_s(const Estimate& e);
[[nodiscard]] Explanation explain_tokens_s_gpu(const Estimate& e);
[[nodiscard]] Explanation explain_ttft(const Estimate& e);
[[nodiscard]] Explanation explain_max_batch_slo(const Estimate& e);
[[nodiscard]] Explanation explain_ridge_batch(const Estimate& e);
[[nodiscard]] Explanation explain_sensitivity(const Estimate& e);
[[nodiscard]] Explanation explain_usd_mtok(const Estimate& e);

}  // namespace roofcast
