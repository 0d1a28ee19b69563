#include "core/weight_override.hpp"

namespace roofcast {

ModelSpec with_weight_format(ModelSpec model, const WeightFormat& format) {
  for (auto& kind : model.kinds) kind.formats = {.attention = format, .mlp = format, .experts = format};
  model.checkpoint_bytes.reset();
  return model;
}

}  // namespace roofcast
