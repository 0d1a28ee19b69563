#pragma once

#include <variant>

#include "core/attention/block_sparse.hpp"
#include "core/attention/compressed.hpp"
#include "core/attention/delta_rule.hpp"
#include "core/attention/grouped_query.hpp"
#include "core/attention/latent.hpp"
#include "core/attention/linear.hpp"
#include "core/attention/mamba.hpp"
#include "core/attention/parallel.hpp"

namespace roofcast {

/// The closed set of token mixers. Adding one = a header beside the others + its name here: presets,
/// importers' output, `models show` and the step model walk `kind`, `fields()` and `parts()`.
using Attention = std::variant<NoMixer, GroupedQuery, BlockSparse, Latent, CompressedShared, GatedDelta, KimiDelta,
                               Lightning, Mamba1, Mamba2, ShortConv, ParallelHybrid>;

[[nodiscard]] inline LayerParts parts(const Attention& a, int hidden) {
  return std::visit([&](const auto& v) { return parts(v, hidden); }, a);
}

}  // namespace roofcast
