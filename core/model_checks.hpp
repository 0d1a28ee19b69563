#pragma once

#include <string_view>

#include "core/model_spec.hpp"

namespace roofcast {

/// Everything about the dimensions that cannot be: heads that do not divide, kinds that no layer uses,
/// sizes no model has. Profiles and importers ask before they hand a model on. `where` names the input;
/// each error adds the path of the member in a profile ("x.json:/kinds/full/attention").
[[nodiscard]] Errors model_problems(const ModelSpec& model, std::string_view where);

}  // namespace roofcast
