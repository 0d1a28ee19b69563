#pragma once

#include <optional>

#include "core/scenario.hpp"

namespace roofcast {

/// USD of one device and hour: what the user gives, else the profile's; absent when neither is known.
[[nodiscard]] std::optional<double> price(const Scenario& s);

/// USD of a million tokens of devices that cost `usd_hour` together and make so many a second.
[[nodiscard]] double usd_mtok(double usd_hour, double tokens_s);

}  // namespace roofcast
