#pragma once

#include "core/model_spec.hpp"

namespace roofcast {

/// The model with every quantisable module (attention, MLP, routed experts) stored in `format`; routers,
/// norms, embeddings and the head stay as they are. A known checkpoint size no longer applies.
[[nodiscard]] ModelSpec with_weight_format(ModelSpec model, const WeightFormat& format);

}  // namespace roofcast
