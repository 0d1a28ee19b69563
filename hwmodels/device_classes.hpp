#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/device.hpp"

namespace roofcast {

/// Device classes as profiles spell them.
inline constexpr std::array kDeviceClasses{
    std::pair<std::string_view, DeviceClass>{"gpu", DeviceClass::gpu},
    std::pair<std::string_view, DeviceClass>{"accelerator", DeviceClass::accelerator},
    std::pair<std::string_view, DeviceClass>{"apple", DeviceClass::apple},
    std::pair<std::string_view, DeviceClass>{"cpu", DeviceClass::cpu}};

/// Likewise how links join devices.
inline constexpr std::array kLinkTopologies{std::pair<std::string_view, LinkTopology>{"switch", LinkTopology::switched},
                                            std::pair<std::string_view, LinkTopology>{"mesh", LinkTopology::mesh}};

}  // namespace roofcast
