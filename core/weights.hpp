#pragma once

#include "core/deployment.hpp"
#include "core/model_spec.hpp"

namespace roofcast {

/// (M3) Bytes of the whole checkpoint: the sum of tensor bytes when file headers were read, else
/// parameters x stored size of their format, vision towers and MTP layers included.
[[nodiscard]] Bytes weight_bytes(const ModelSpec& model);

/// True when weight_bytes is exact: read from headers, or every weight is counted and stored
/// unscaled.
[[nodiscard]] bool weight_bytes_are_exact(const ModelSpec& model);

/// (M4) What one rank of pipeline stage `stage` holds: split, replicated and end-of-model tensors.
[[nodiscard]] Bytes weight_bytes_per_rank(const ModelSpec& model, const Deployment& d, int stage);

/// The format that all attention, MLP and expert matrices share, or "mixed".
[[nodiscard]] std::string weight_label(const ModelSpec& model);

/// The model with every quantisable matrix (attention, MLP, experts) stored in `format`; embeddings,
/// LM head, routers and norms keep theirs. Real file sizes no longer apply and are dropped.
[[nodiscard]] ModelSpec with_weight_format(ModelSpec model, const WeightFormat& format);

}  // namespace roofcast
