#include "core/engine.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace roofcast {

Errors engine_errors(const Engine& engine, const Device& device) {
  if (engine.vendors.empty() || device.vendor.empty() || std::ranges::count(engine.vendors, device.vendor) > 0)
    return {};
  return {{"--engine", fmt::format("{} does not run on {}", engine.name, device.name),
           fmt::format("another --engine, or devices of {}", fmt::join(engine.vendors, ", ")), ErrorKind::usage}};
}

}  // namespace roofcast
