#pragma once

/// How the rows of each operator are set apart and grouped.

#include <vector>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/moe.hpp"
#include "hwmodels/calibrate/hold_out.hpp"
#include "hwmodels/calibrate/row_group.hpp"

namespace roofcast {

/// Head shapes, the middle batch, the two longest prompts.
[[nodiscard]] std::vector<HoldOut> hold_outs(const std::vector<PrefillAttentionCall>& calls, double share);
/// The middle number of heads, the middle batch, the two longest contexts.
[[nodiscard]] std::vector<HoldOut> hold_outs(const std::vector<MlaDecodeCall>& calls, double share);
/// Matrices (n, k), numbers of tokens, the tenth with most tokens.
[[nodiscard]] std::vector<HoldOut> hold_outs(const std::vector<GemmCall>& calls, double share);
/// Whole models (widths, experts, top k), numbers of tokens.
[[nodiscard]] std::vector<HoldOut> hold_outs(const std::vector<LoadedMoeCall>& calls, double share);
/// Sizes, the two largest.
[[nodiscard]] std::vector<HoldOut> hold_outs(const std::vector<AllReduceCall>& calls, double share);

/// The groups that errors are reported by.
[[nodiscard]] std::vector<RowGroup> groups_of(const PrefillAttentionCall& call);
[[nodiscard]] std::vector<RowGroup> groups_of(const MlaDecodeCall& call);
[[nodiscard]] std::vector<RowGroup> groups_of(const GemmCall& call);
[[nodiscard]] std::vector<RowGroup> groups_of(const LoadedMoeCall& call);
[[nodiscard]] std::vector<RowGroup> groups_of(const AllReduceCall& call);

}  // namespace roofcast
