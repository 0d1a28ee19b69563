#pragma once

#include "core/host_ceilings.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {

/// The section "ceilings" of a device profile (docs/profiles.md): what `roofcast probe` found.
[[nodiscard]] HostCeilings read_ceilings(ObjectReader& section);
[[nodiscard]] Json ceilings_json(const HostCeilings& ceilings);

}  // namespace roofcast
